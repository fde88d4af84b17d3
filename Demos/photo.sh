#!/bin/sh
# Looks at a photograph of yours in every way that the lecture speaks of: Demos/photo.sh PHOTO [FOLDER]
#
# Leaves screens as SVG, which a browser shows, and the convolved picture as .npy in FOLDER (default: photo-convscope).
set -eu
command -v convscope >/dev/null || PATH=$PATH:$(cd "$(dirname "$0")/.." && pwd)/.build/release
photo=${1:?usage: Demos/photo.sh PHOTO [FOLDER]}
folder=${2:-photo-convscope}
mkdir -p "$folder"

echo "== Edges: where left and right differ, and where above and below do"
convscope render "$photo" --weight sobel-x --step 99999999 --size 120x36 -o "$folder/edges-x.svg"
convscope render "$photo" --weight sobel-y --step 99999999 --size 120x36 -o "$folder/edges-y.svg"

echo "== Blurred by a 9×9 Gaussian, the size kept: $folder/blurred.npy"
convscope conv "$photo" gaussian --kernel-size 9 --padding same -o "$folder/blurred.npy"

echo "== Its patch matrix: a row for each 3×3 field, computed by address, never stored"
convscope render "$photo" --scene im2col --size 120x36 -o "$folder/im2col.svg"
convscope "$photo" --scene im2col | grep '^ .*matrix'

echo "== The same fields as one strided view of its memory, and why a reshape must copy"
convscope "$photo" --scene memory --view im2col | grep '^ .*reshape'

echo "== Do all algorithms agree on it?"
convscope verify "$photo" --weight gaussian --stride 4

echo "== Written to $folder:"
ls "$folder"
