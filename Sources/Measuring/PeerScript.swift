/// The worker's program: it reads one JSON request a line and answers with one JSON line.
///
/// `hello` tells the version; `load` takes a subject (a convolution or its patch matrix, the arrays read from `.npy` files, or a
/// matrix product) and tells the ways it has; `time` runs one way a number of times and tells the seconds; `output` writes a
/// way's result. Any failure is answered as `{"error": …}`.
/// The three NumPy ways are the lecture's own, the loops in Python on a part where the whole takes too long (`parts` in the
/// answer to `load`); PyTorch's are its default layout and channels-last. Beside its seconds a worker tells how long its
/// threads waited for a processor, where Linux counts that. The files go when they have been read, and their folder, which it is
/// told as well, when nobody can ask any more.
enum PeerScript {
  static let text = #"""
    import sys, json, time, os, shutil
    out = sys.stdout; sys.stdout = sys.stderr
    peer, threads = sys.argv[1], int(sys.argv[2])
    state = {}

    def padded(x, q):
        import numpy as np
        t, b, l, r = q["padding"]
        return np.pad(x, ((0, 0), (t, b), (l, r), (0, 0))) if t or b or l or r else x

    # The lecture's view: N, Ho, Wo, Kh, Kw, C over the memory of Z.
    def patches(Z, q, Kh, Kw):
        import numpy as np
        (sy, sx), (dy, dx) = q["stride"], q["dilation"]; Ho, Wo = q["output"][1:3]; Ns, Hs, Ws, Cs = Z.strides
        return np.lib.stride_tricks.as_strided(Z, shape=(Z.shape[0], Ho, Wo, Kh, Kw, Z.shape[3]),
            strides=(Ns, Hs*sy, Ws*sx, Hs*dy, Ws*dx, Cs))

    def torch_ready():
        import torch
        torch.set_num_threads(threads); torch.set_grad_enabled(False)
        return torch

    def numpy_ways(x, w, q):
        import numpy as np
        (sy, sx), (dy, dx) = q["stride"], q["dilation"]
        Kh, Kw, C, Co = w.shape; Ho, Wo = q["output"][1:3]
        def matmul():
            Z = padded(x, q); res = np.zeros((x.shape[0], Ho, Wo, Co), x.dtype)
            for i in range(Kh):
                for j in range(Kw):
                    res += Z[:, i*dy:i*dy+sy*(Ho-1)+1:sy, j*dx:j*dx+sx*(Wo-1)+1:sx, :] @ w[i, j]
            return res
        def im2col():
            V = patches(padded(x, q), q, Kh, Kw).reshape(-1, Kh*Kw*C)
            return (V @ w.reshape(-1, Co)).reshape(x.shape[0], Ho, Wo, Co)
        # The loops run at some million multiplications a second: as many output pixels, or else channels, as take 50 ms.
        N = x.shape[0]; pixel = Kh*Kw*C*Co; limit = 50_000
        cols = min(Wo, max(1, limit // pixel)); rows = min(Ho, max(1, limit // (pixel*cols)))
        pics = min(N, max(1, limit // (pixel*cols*rows))); chans = min(Co, max(1, limit // (Kh*Kw*C)))
        Z = padded(x, q)
        def naive():
            res = np.zeros((N, Ho, Wo, Co), x.dtype)
            for n in range(pics):
                for c in range(C):
                    for o in range(chans):
                        for y in range(rows):
                            for xx in range(cols):
                                for i in range(Kh):
                                    for j in range(Kw):
                                        res[n, y, xx, o] += Z[n, sy*y+dy*i, sx*xx+dx*j, c] * w[i, j, c, o]
            return res
        if q["groups"] != 1: return {}
        done = pics*rows*cols*chans; whole = N*Ho*Wo*Co
        if done < whole:
            state["parts"] = {"numpy-naive": {"scale": whole / done, "words": "%d of %d outputs" % (done, whole)}}
        return {"numpy-naive": (naive, lambda y: y), "numpy-matmul": (matmul, lambda y: y),
            "numpy-im2col": (im2col, lambda y: y)}

    def torch_ways(x, w, q):
        torch = torch_ready()
        t, b, l, r = q["padding"]; F = torch.nn.functional; ways = {}
        for name, order in (("pytorch", torch.contiguous_format), ("pytorch-channels-last", torch.channels_last)):
            X = torch.from_numpy(x).permute(0, 3, 1, 2).contiguous(memory_format=order)
            W = torch.from_numpy(w).permute(3, 2, 0, 1).contiguous(memory_format=order)
            def run(X=X, W=W):
                Z = X if t == b and l == r else F.pad(X, (l, r, t, b))
                return F.conv2d(Z, W, None, q["stride"], (t, l) if t == b and l == r else 0, q["dilation"], q["groups"])
            ways[name] = (run, lambda y: y.permute(0, 2, 3, 1).contiguous().numpy())
        return ways

    # Into an array that is there already, as ours; PyTorch's unfold makes a new one, with the patches as columns.
    def copy_ways(x, q):
        import numpy as np
        Z = padded(x, q); Kh, Kw = q["kernel"]
        if peer == "numpy":
            V = patches(Z, q, Kh, Kw); T = np.empty(V.shape, x.dtype)
            return {"numpy-copy": (lambda: np.copyto(T, V), None)}
        torch = torch_ready(); X = torch.from_numpy(Z).permute(0, 3, 1, 2).contiguous()
        unfold = torch.nn.functional.unfold
        return {"pytorch-unfold": (lambda: unfold(X, (Kh, Kw), q["dilation"], 0, q["stride"]), None)}

    def product_ways(q):
        import numpy as np
        M, K, N = q["sizes"]; draw = np.random.default_rng(0)
        a, b = (draw.standard_normal(sizes, q["dtype"]) for sizes in ((M, K), (K, N)))
        c = np.empty((M, N), q["dtype"])
        if peer == "numpy": return {"numpy": (lambda: np.matmul(a, b, out=c), None)}
        torch = torch_ready(); A, B, C = (torch.from_numpy(m) for m in (a, b, c))
        return {"pytorch": (lambda: torch.matmul(A, B, out=C), None)}

    def ways(q):
        import numpy as np
        if q["subject"] == "product": return product_ways(q)
        x = np.load(q["input"]); os.remove(q["input"])
        if q["subject"] == "patches": return copy_ways(x, q)
        w = np.load(q["weight"]); os.remove(q["weight"])
        return (numpy_ways if peer == "numpy" else torch_ways)(x, w, q)

    def waited():
        total = 0
        try:
            for t in os.listdir("/proc/self/task"):
                with open("/proc/self/task/%s/schedstat" % t) as f: total += int(f.read().split()[1])
        except Exception: return None
        return total * 1e-9

    def answer(q):
        import numpy as np
        if q["op"] == "hello":
            m = __import__("numpy" if peer == "numpy" else "torch")
            return {"version": m.__version__}
        if q["op"] == "load":
            state["parts"] = {}; state["ways"] = ways(q)
            return {"ways": list(state["ways"]), "parts": state["parts"]}
        run, convert = state["ways"][q["way"]]
        if q["op"] == "time":
            before = waited(); t0 = time.perf_counter()
            for _ in range(q["runs"]): run()
            t1 = time.perf_counter(); after = waited()
            lost = after - before if before is not None and after is not None else 0
            return {"seconds": t1 - t0, "waited": max(lost, 0)}
        if q["op"] == "output":
            np.save(q["path"], np.ascontiguousarray(convert(run()))); return {"saved": True}
        return {"error": "unknown op"}

    for line in sys.stdin:
        try: reply = answer(json.loads(line))
        except ModuleNotFoundError as e: reply = {"error": "this python3 has no module %s" % e.name}
        except Exception as e: reply = {"error": "%s: %s" % (type(e).__name__, str(e)[:200])}
        out.write(json.dumps(reply) + "\n"); out.flush()
    # Who asked has ended, perhaps without a chance to tidy up.
    shutil.rmtree(sys.argv[3], ignore_errors=True)
    """#
}
