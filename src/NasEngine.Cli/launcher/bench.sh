# shellcheck shell=bash
# shellcheck disable=SC2154  # nas sets the variables named below
# Sourced by nas: 'nas bench', which builds the benchmarks once and runs one of them.

bench_usage() {
    cat <<'USAGE'
Runs a benchmark, most of them side by side with the same work in another program. Without a name lists them.

usage: ./nas bench [NAME] [ARGUMENTS]

example: ./nas bench overhead
USAGE
}

build_benchmarks() {
    local now
    now=$(sources src tests/NasEngine.Benchmarks tests/NasEngine.Testing)
    is_current "$state/bench.sources" "$now" && return 0
    require_tools || return
    require_sdk || return
    logged build-bench "building the benchmarks" quick_build tests/NasEngine.Benchmarks -o "$state/bench" || return 1
    printf '%s\n' "$now" >"$state/bench.sources"
}

nas_bench() {
    case ${1:-} in -h | --help) bench_usage; return 0 ;; esac
    make_state || return
    {
        flock 9
        build_benchmarks || return
    } 9>"$state/bench.lock"
    if [[ -n ${1:-} && -n $(missing_packages python3-torch) ]]; then
        if ((EUID == 0)) && command -v apt-get >/dev/null; then
            logged apt-bench "installing python3-torch, the peer of some benchmarks" apt_install python3-torch || true
        else
            say "benchmarks against PyTorch need it: sudo apt-get install -y --no-install-recommends python3-torch"
        fi
    fi
    case ${1:-} in export | kill | device*) install_modules serve || return ;; esac
    cd "$NAS_ROOT" || return
    exec dotnet "$state/bench/NasEngine.Benchmarks.dll" "$@"
}
