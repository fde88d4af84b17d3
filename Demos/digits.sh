#!/bin/sh
# A trained network reads ten handwritten digits through the command line alone: Demos/digits.sh
#
# The three layers are convolutions: two of 3×3, and a dense one whose kernel is as large as its input. digit:D:conv1 is what
# the first layer makes of digit D, after ReLU. The same with the Swift library: Demos/Digits/main.swift.
set -eu
command -v convscope >/dev/null || PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release

for digit in 0 1 2 3 4 5 6 7 8 9; do
  logits=$(convscope conv "digit:$digit:conv2" digits-cnn:dense --bias digits-cnn:dense -o - |
    convscope strided - --shape 10 --strides 1 | sed -n 's/^elements *//p')
  echo "digit $digit: read as $(echo "$logits" | tr ' ' '\n' | awk '
    NR == 1 || $1 > best { best = $1; digit = NR - 1 } END { printf "%d, logit %.2f", digit, best }')"
done
