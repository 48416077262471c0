#!/bin/sh
# Compiles the shim against a libtorch and writes one shared library.
#   build.sh OUT
# LIBTORCH  a libtorch folder, or the torch/ folder of a PyTorch installation; Debian's libtorch-dev if unset
# CXX       the compiler; g++ if unset
set -eu
[ $# -eq 1 ] || { echo "usage: build.sh OUT" >&2; exit 2; }
out=$1
here=$(cd "$(dirname "$0")" && pwd)
cxx=${CXX:-g++}

command -v "$cxx" >/dev/null 2>&1 || {
    echo "NasEngine.Torch: there is no compiler '$cxx'. Install it: apt-get install -y g++" >&2
    exit 1
}

flags="-O2 -std=c++17 -fPIC -fvisibility=hidden -fno-strict-aliasing -Wall -Wno-unused-function -Wno-sign-compare"
libraries="-ltorch -ltorch_cpu -lc10"
if [ -n "${LIBTORCH:-}" ]; then
    if [ ! -f "$LIBTORCH/include/ATen/ATen.h" ] || [ ! -f "$LIBTORCH/lib/libtorch.so" ]; then
        echo "NasEngine.Torch: LIBTORCH=$LIBTORCH holds no libtorch: include/ATen/ATen.h and lib/libtorch.so are expected there." >&2
        exit 1
    fi
    root=$(cd "$LIBTORCH" && pwd)
    flags="$flags -isystem $root/include -isystem $root/include/torch/csrc/api/include"
    folder="-L$root/lib -Wl,-rpath,$root/lib"
    # Libraries built with the old string layout name no __cxx11 symbols; the shim must use the same layout.
    if ! grep -q __cxx11 "$root/lib/libc10.so"; then
        flags="$flags -D_GLIBCXX_USE_CXX11_ABI=0"
    fi
    if [ -f "$root/lib/libtorch_cuda.so" ] && [ -f "$root/lib/libc10_cuda.so" ]; then
        libraries="$libraries -ltorch_cuda -lc10_cuda"
    fi
    # Releases from 2.12 on may ask for a newer language level than C++17.
    if grep -qs 'C++20' "$root/include/c10/util/C++17.h" "$root/include/c10/macros/Macros.h"; then
        flags=$(echo "$flags" | sed 's/-std=c++17/-std=c++20/')
    fi
else
    if [ ! -f /usr/include/ATen/ATen.h ] && [ ! -f /usr/local/include/ATen/ATen.h ]; then
        echo "NasEngine.Torch: no libtorch was found. Install it (apt-get install -y libtorch-dev), or set LIBTORCH to a libtorch folder or to the torch/ folder of a PyTorch installation." >&2
        exit 1
    fi
    flags="$flags -isystem /usr/include/torch/csrc/api/include"
    folder=""
fi

# Loops run on libtorch's own threads: its headers ask for OpenMP, whose functions its libraries bring along. Linking another
# OpenMP beside them would make a second pool of threads, so it is asked for in compiling only.
if echo 'int main() { return 0; }' | "$cxx" -fopenmp -x c++ -c -o /dev/null - 2>/dev/null; then
    flags="$flags -fopenmp"
fi

objects=$(mktemp -d)
trap 'rm -rf "$objects"' EXIT
# libtorch's headers take most of the time, so all sources are compiled as one unit and read them once.
for source in "$here"/shim_*.cpp; do
    echo "#include \"$source\""
done > "$objects/shim.cpp"
# shellcheck disable=SC2086
"$cxx" $flags -c "$objects/shim.cpp" -o "$objects/shim.o"

mkdir -p "$(dirname "$out")"
# shellcheck disable=SC2086
"$cxx" -shared -o "$objects/shim.so" "$objects"/*.o $folder -Wl,--no-as-needed $libraries -Wl,--as-needed
mv -f "$objects/shim.so" "$out"
