#!/bin/sh
# Starts a published nas on a machine without .NET. The first start compiles the libtorch shim against LIBTORCH, else the
# PyTorch that python3 has, else Debian's libtorch-dev; another libtorch compiles another one. Needs g++.
#   start.sh COMMAND [OPTIONS]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
if [ -z "${LIBTORCH+set}" ]; then
    LIBTORCH=$("${PYTHON:-python3}" -c 'import os, torch; print(os.path.dirname(torch.__file__))' 2>/dev/null || true)
    # Debian's PyTorch has no headers of its own: they lie where libtorch-dev puts them.
    [ -f "$LIBTORCH/include/ATen/ATen.h" ] || LIBTORCH=
fi
export LIBTORCH

NAS_ROOT=${NAS_ROOT:-$here}
NAS_HOME=${NAS_HOME:-$here/.nas}
OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE}
GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-0}
DOTNET_TieredPGO=${DOTNET_TieredPGO:-0}
DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
export NAS_ROOT NAS_HOME OMP_WAIT_POLICY GOMP_SPINCOUNT DOTNET_TieredPGO DOTNET_SYSTEM_GLOBALIZATION_INVARIANT

if [ -z "${NAS_TORCH_SHIM:-}" ]; then
    # One shim for each libtorch and each version of the sources.
    key=$({ echo "$LIBTORCH"; cat "$LIBTORCH/version.py" "$here"/native/* 2>/dev/null; } | cksum | tr ' ' -)
    NAS_TORCH_SHIM=$NAS_HOME/shim/$key/libnasengine_torch.so
    if [ ! -f "$NAS_TORCH_SHIM" ]; then
        echo "nas: compiling the libtorch shim against ${LIBTORCH:-libtorch-dev} …" >&2
        sh "$here/native/build.sh" "$NAS_TORCH_SHIM" >&2
    fi
fi
export NAS_TORCH_SHIM
exec "$here/nas" "$@"
