#!/usr/bin/env bash
# Publishes nas for machines without .NET: one compressed file for linux-x64 in .nas/portable, with the sources of the
# libtorch shim, which start.sh there compiles on the machine against its libtorch or PyTorch (CUDA included).
#   src/NasEngine.Cli/publish-portable.sh
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
out=$root/.nas/portable
log=$root/.nas/log/publish.log
mkdir -p "${log%/*}"
rm -rf "$out"

echo "publishing into $out …" >&2
# Its own intermediate files would mix with those of other builds; the runtime identifier keeps them apart.
dotnet publish "$root/src/NasEngine.Cli" -c Release -r linux-x64 --self-contained -o "$out" -m -nodeReuse:false -nologo -v quiet \
    -p:PublishSingleFile=true -p:EnableCompressionInSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true \
    -p:DebugType=none -p:UseSharedCompilation=true -p:RunAnalyzers=false -p:GenerateDocumentationFile=false \
    -p:EnforceCodeStyleInBuild=false -p:NuGetAudit=false >"$log" 2>&1 </dev/null || {
    grep -E ': error ' "$log" | head -n 5 >&2 || tail -n 5 "$log" >&2
    echo "publishing failed; the whole output is in $log" >&2
    exit 1
}

# The shim of this machine is of no use on another one.
rm -f "$out"/libnasengine_torch.so "$out"/*.pdb "$out"/*.xml
cp -r "$root/searchspaces" "$out/searchspaces"
mkdir -p "$out/native" "$out/agent"
cp "$root"/src/NasEngine.Torch/native/* "$out/native/"
cp "$root"/src/NasEngine.DeviceAgent/*.mjs "$root"/src/NasEngine.DeviceAgent/package*.json "$out/agent/"
cp "$root/src/NasEngine.Cli/launcher/portable-start.sh" "$out/start.sh"
chmod +x "$out/start.sh" "$out/nas"
git -C "$root" rev-parse HEAD >"$out/COMMIT" 2>/dev/null || true
du -sh "$out" >&2
