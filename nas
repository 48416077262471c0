#!/usr/bin/env bash
# NasEngine's launcher. The first use installs what is missing and builds the program; later ones check that nothing
# changed and start it. 'doctor', 'test' and 'bench' are the launcher's own: they work when nothing is built.
#   NAS_HOME            data sets and trained supernets; .nas beside this file unless set
#   NAS_AGENT_MODULES   a node_modules folder with onnxruntime-node and echarts; installed from package-lock.json unless set
#   NAS_WEB_MODULES     a node_modules folder with onnxruntime-web and qrcode-generator, for 'serve'; installed likewise unless set
#   LIBTORCH            a libtorch folder, or torch/ of a PyTorch installation; Debian's libtorch-dev unless set
set -euo pipefail

self=${BASH_SOURCE[0]}
while [[ -L $self ]]; do
    target=$(readlink "$self")
    [[ $target == /* ]] && self=$target || self=${self%/*}/$target
done
[[ $self == */* ]] || self=./$self
NAS_ROOT=$(cd -P "${self%/*}" && pwd)
export NAS_ROOT
export NAS_HOME=${NAS_HOME:-$NAS_ROOT/.nas}

state=$NAS_ROOT/.nas
logs=$state/log
launcher=$NAS_ROOT/src/NasEngine.Cli/launcher
agent=$NAS_ROOT/src/NasEngine.DeviceAgent
own_modules=
if [[ -z ${NAS_AGENT_MODULES:-} ]]; then
    own_modules=1
    export NAS_AGENT_MODULES=$agent/node_modules
fi
web=$NAS_ROOT/src/NasEngine.Web
own_web_modules=
if [[ -z ${NAS_WEB_MODULES:-} ]]; then
    own_web_modules=1
    export NAS_WEB_MODULES=$web/node_modules
fi

# Profiles steer code that is hot for hours; here they cost more than they give. Waiting OpenMP threads must not spin.
export DOTNET_TieredPGO=${DOTNET_TieredPGO:-0} DOTNET_gcServer=${DOTNET_gcServer:-0}
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-PASSIVE} GOMP_SPINCOUNT=${GOMP_SPINCOUNT:-0}
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

if ! command -v dotnet >/dev/null && [[ -x ${DOTNET_ROOT:-$HOME/.dotnet}/dotnet ]]; then
    export DOTNET_ROOT=${DOTNET_ROOT:-$HOME/.dotnet}
    export PATH=$DOTNET_ROOT:$PATH
fi

# Everything that a build depends on, with sizes and times: as long as it stays the same, so does the build.
sources() {
    echo "LIBTORCH=${LIBTORCH:-}"
    (cd "$NAS_ROOT" && find "$@" Directory.Build.props Directory.Packages.props global.json \
        \( -name bin -o -name obj -o -name node_modules -o -path src/NasEngine.Cli/launcher \) -prune \
        -o -type f ! -name '*.md' -printf '%p %s %T@\n')
}

# Whether a record of sources, written when something was built from them, still holds.
is_current() { # RECORD SOURCES
    [[ -f $1 && $(<"$1") == "$2" ]]
}

# Whether a folder's packages are those that its lock file names.
installed_from_lock() { # FOLDER
    [[ -f $1/node_modules/.installed-from ]] && [[ $(<"$1/node_modules/.installed-from") == "$(<"$1/package-lock.json")" ]]
}

modules_are_current() { # COMMAND
    if uses_agent "$1" && [[ -n $own_modules ]] && ! installed_from_lock "$agent"; then return 1; fi
    if uses_web "$1" && [[ -n $own_web_modules ]] && ! installed_from_lock "$web"; then return 1; fi
    return 0
}

uses_web() { [[ $1 == serve ]]; } # COMMAND: whether it serves pages

uses_agent() { # COMMAND: whether it may measure on this machine or draw charts
    case ${1:-} in
        '' | -* | help | space | proxies | table | data | runs | front | train | store | jobs | token) return 1 ;;
        *) return 0 ;;
    esac
}

usage() {
    cat <<'USAGE'
NasEngine: neural architecture search under a latency limit.

usage: ./nas COMMAND [OPTIONS]

  quickstart   the whole way on Fashion-MNIST, in a few minutes
  run          the whole way from one experiment file
  train        train a supernet
  profile      measure sub-networks on a device
  fit          fit predictors
  search       search sub-networks
  front        show the Pareto front of a run
  export       write a network of a front as ONNX, verified
  space        validate, show or sample a search space
  data         list or get data sets
  device       list and check devices
  runs         list and show runs
  proxies      score networks without training them
  table        predict and search any table of measurements
  store        look at the database, move it to another one
  serve        start the service: pages, HTTP API, background jobs
  worker       take jobs from a shared store
  jobs         list, requeue and delete background jobs
  token        make and list tokens of the service
  doctor       what is installed, what is missing
  test         run the tests
  bench        run a benchmark
USAGE
}

start() {
    local now
    now=$(sources src)
    if ! is_current "$state/app.sources" "$now" || ! modules_are_current "${1:-}"; then
        # shellcheck source=src/NasEngine.Cli/launcher/prepare.sh
        source "$launcher/prepare.sh"
        prepare_program "${1:-}" || {
            local code=$?
            case ${1:-} in '' | help | -h | --help) usage ;; esac
            exit "$code"
        }
    fi
    command -v dotnet >/dev/null || { echo "nas: the .NET runtime that the program was built with is gone: there is no 'dotnet' in PATH." >&2; exit 2; }
    exec dotnet "$state/app/nas.dll" "$@"
}

case ${1:-} in
    doctor | test | bench)
        command=$1
        shift
        # shellcheck source=src/NasEngine.Cli/launcher/prepare.sh
        source "$launcher/prepare.sh"
        # shellcheck source=/dev/null
        source "$launcher/$command.sh"
        "nas_$command" "$@"
        ;;
    *) start "$@" ;;
esac
