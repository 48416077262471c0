# shellcheck shell=bash
# shellcheck disable=SC2154  # nas sets the variables named below
# Sourced by nas: 'nas doctor', a table of what is found. Needs nothing but a shell.

# A row is: what, state (ok, missing, old or note), what was found, what to do. 'missing' and 'old' fail; 'note' does not.
doctor_rows=()

row() { # WHAT STATE FOUND [ADVICE]
    doctor_rows+=("$1"$'\x1f'"$2"$'\x1f'"$3"$'\x1f'"${4:-}")
}

optional_package() { # WHAT PACKAGE PURPOSE
    local version
    version=$(dpkg-query -W -f='${db:Status-Status} ${Version}' "$2" 2>/dev/null | sed -n 's/^installed //p')
    if [[ -n $version ]]; then
        row "$1" ok "$version"
    else
        row "$1" note "not installed" "only for $3: apt-get install -y --no-install-recommends $2"
    fi
}

machine_rows() {
    local cpu memory free commit
    row system ok "$(sed -n 's/^PRETTY_NAME="\?\([^"]*\)"\?$/\1/p' /etc/os-release 2>/dev/null), $(uname -sr) $(uname -m)"
    cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -n 1)
    row processor ok "${cpu:-$(uname -m)}, $(nproc) cores for this process"
    memory=$(awk '/^MemTotal/ { total = $2 } /^MemAvailable/ { free = $2 } END { printf "%.1f GiB, %.1f GiB available", total / 1048576, free / 1048576 }' /proc/meminfo)
    row memory ok "$memory"
    free=$(df -Pk "$NAS_ROOT" | awk 'NR == 2 { printf "%.1f", $4 / 1048576 }')
    if [[ ${free%.*} -ge 2 ]]; then
        row disk ok "$free GiB free"
    else
        row disk missing "$free GiB free" "the build, the modules and a run need 2 GiB"
    fi
    commit=$(git -C "$NAS_ROOT" log -1 --format='%h of %cs' 2>/dev/null || true)
    row commit "$([[ -n $commit ]] && echo ok || echo note)" "${commit:-no git repository}"
}

sdk_row() {
    local found wanted
    wanted=$(grep -o '[0-9][0-9.]*' "$NAS_ROOT/global.json" | head -n 1)
    if ! command -v dotnet >/dev/null; then
        row ".NET SDK" missing "no dotnet in PATH nor in ~/.dotnet" "$wanted or newer: https://learn.microsoft.com/dotnet/core/install/linux"
    elif found=$(cd "$NAS_ROOT" && dotnet --version 2>/dev/null); then
        row ".NET SDK" ok "$found"
    else
        found=$(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ')
        row ".NET SDK" old "${found:-no SDK, only a runtime}" "$wanted or newer: https://learn.microsoft.com/dotnet/core/install/linux"
    fi
}

libtorch_version() { # FOLDER ; of include/torch/csrc/api/include/torch/version.h
    sed -n 's/^#define TORCH_VERSION_\(MAJOR\|MINOR\|PATCH\) //p' "$1/include/torch/csrc/api/include/torch/version.h" 2>/dev/null | paste -sd.
}

native_rows() {
    local root=${LIBTORCH:-/usr} shim found
    if command -v "${CXX:-g++}" >/dev/null; then
        row "C++ compiler" ok "${CXX:-g++} $("${CXX:-g++}" -dumpfullversion -dumpversion)"
    else
        row "C++ compiler" missing "no ${CXX:-g++}" "apt-get install -y --no-install-recommends g++"
    fi
    if libtorch_is_there; then
        found=$([[ -n ${LIBTORCH:-} ]] || dpkg-query -W -f='${Version}' libtorch-dev 2>/dev/null)
        found="${found:-$(libtorch_version "$root")} in $root"
        if [[ -f $root/lib/libtorch_cuda.so ]]; then found+=", with CUDA"; else found+=", processor only"; fi
        row libtorch ok "$found"
    elif [[ -n ${LIBTORCH:-} ]]; then
        row libtorch missing "LIBTORCH=$LIBTORCH holds none" "include/ATen/ATen.h and lib/libtorch.so are expected there"
    else
        row libtorch missing "none" "apt-get install -y --no-install-recommends libtorch-dev libopenblas0, or name a folder in LIBTORCH"
    fi
    shim=${NAS_TORCH_SHIM:-$state/app/libnasengine_torch.so}
    if [[ -f $shim ]]; then
        row "libtorch shim" ok "built $(date -r "$shim" '+%F %T')"
    else
        row "libtorch shim" note "not built" "the first use of nas builds it"
    fi
    if command -v nvidia-smi >/dev/null; then
        found=$(nvidia-smi --query-gpu=name,memory.total --format=csv,noheader 2>/dev/null | paste -sd';' || true)
        row "CUDA device" "$([[ -n $found ]] && echo ok || echo note)" "${found:-nvidia-smi finds none}"
    else
        row "CUDA device" note "none"
    fi
}

module_row() { # MODULE
    local file=$NAS_AGENT_MODULES/$1/package.json
    if [[ -f $file ]]; then
        row "$1" ok "$(sed -n 's/^ *"version": *"\([^"]*\)".*/\1/p' "$file" | head -n 1)"
    elif [[ -n $own_modules ]]; then
        row "$1" missing "not in $NAS_AGENT_MODULES" "nas installs it when it measures, or: npm ci --ignore-scripts --prefix $agent"
    else
        row "$1" missing "not in NAS_AGENT_MODULES=$NAS_AGENT_MODULES" "npm install --ignore-scripts $1 beside that folder, or unset the variable"
    fi
}

agent_rows() {
    if ! command -v node >/dev/null; then
        row node missing "none" "18 or newer: apt-get install -y --no-install-recommends nodejs npm"
    elif node_is_old; then
        row node old "$(node_version)" "18 or newer is needed"
    else
        row node ok "$(node_version)"
    fi
    module_row onnxruntime-node
    module_row echarts
}

program_rows() {
    local set found=''
    if ! is_current "$state/app.sources" "$(sources src)"; then
        row program note "$([[ -f $state/app.sources ]] && echo "sources changed since it was built" || echo "not built")" "the next use of nas builds it"
    else
        row program ok "built $(date -r "$state/app.sources" '+%F %T')"
    fi
    for set in "$NAS_HOME"/data/*/; do
        [[ -d $set ]] && found+="${found:+, }$(basename "$set")"
    done
    row "data sets" "$([[ -n $found ]] && echo ok || echo note)" "${found:-none in $NAS_HOME/data}" "$([[ -n $found ]] || echo "nas data get fashion-mnist")"
    local results=${NAS_RESULTS:-$NAS_ROOT/results}
    if [[ -f $results/nas.db ]]; then
        row database ok "$results/nas.db, $(du -k "$results/nas.db" | cut -f1) KiB"
    else
        row database note "none yet" "the first run makes $results/nas.db"
    fi
}

write_table() {
    local what state_of found advice line mark
    for line in "${doctor_rows[@]}"; do
        IFS=$'\x1f' read -r what state_of found advice <<<"$line"
        case $state_of in ok) mark=OK ;; missing) mark=MISSING ;; old) mark="TOO OLD" ;; *) mark=- ;; esac
        printf '%-8s %-17s %s\n' "$mark" "$what" "$found"
        [[ -z $advice ]] || printf '%26s -> %s\n' '' "$advice"
    done
}

json_text() {
    local text=${1//\\/\\\\}
    text=${text//\"/\\\"}
    printf '"%s"' "${text//[[:cntrl:]]/ }"
}

write_json() { # HEALTHY
    local what state_of found advice line separator=''
    printf '{"ok":%s,"checks":[' "$1"
    for line in "${doctor_rows[@]}"; do
        IFS=$'\x1f' read -r what state_of found advice <<<"$line"
        printf '%s{"name":%s,"state":"%s","found":%s,"advice":%s}' "$separator" "$(json_text "$what")" "$state_of" "$(json_text "$found")" \
            "$([[ -n $advice ]] && json_text "$advice" || echo null)"
        separator=,
    done
    printf ']}\n'
}

nas_doctor() {
    local json='' healthy=true line
    case ${1:-} in
        '') ;;
        --json) json=1 ;;
        -h | --help)
            printf '%s\n' "Says what is installed, which version, and what is missing. Exit code: 0 if all that is needed is there, else 1." "" \
                "usage: ./nas doctor [--json]" "" "example: ./nas doctor --json"
            return 0
            ;;
        *)
            say "doctor knows --json, not '$1'."
            return 2
            ;;
    esac
    machine_rows
    sdk_row
    native_rows
    agent_rows
    program_rows
    optional_package python3-torch python3-torch "benchmarks against PyTorch"
    optional_package python3-onnx python3-onnx "tests with the ONNX checker"
    optional_package chromium chromium "tests in a browser"
    optional_package postgresql postgresql "tests of a shared store"
    for line in "${doctor_rows[@]}"; do
        [[ $line != *$'\x1f'missing$'\x1f'* && $line != *$'\x1f'old$'\x1f'* ]] || healthy=false
    done
    if [[ -n $json ]]; then
        write_json $healthy
    else
        write_table
        [[ $healthy == true ]] && echo "All that is needed is there." || echo "Something that is needed is missing."
    fi
    [[ $healthy == true ]]
}
