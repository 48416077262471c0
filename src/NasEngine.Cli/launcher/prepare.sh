# shellcheck shell=bash
# shellcheck disable=SC2154  # nas sets the variables named below
# Sourced by nas: installs what is missing and builds. Everything here says what it does in one line on standard error
# and writes the rest to a log. Uses NAS_ROOT, state, logs, agent, own_modules, web, own_web_modules, sources and is_current of nas.
# Returned codes: 1 something failed, 2 the user has to install something.

say() { echo "nas: $*" >&2; }

make_state() {
    if ! mkdir -p "$logs" 2>/dev/null || [[ ! -w $state || ! -w $logs ]]; then
        say "$state cannot be written to. Start nas as the owner of $NAS_ROOT, or clone the project to a place of your own."
        return 1
    fi
}

# Runs a step with its output in a log; on failure shows the log's telling lines.
logged() { # LOG TEXT COMMAND...
    local log=$logs/$1.log text=$2 began=$SECONDS
    shift 2
    say "$text …"
    # The lock's descriptor stays here: a compiler server that outlives the build would hold it.
    if "$@" >"$log" 2>&1 9>&- </dev/null; then
        say "$text: done in $((SECONDS - began)) s"
        return 0
    fi
    say "$text: failed"
    { grep -E ': error |^E: |npm (ERR!|error)|NasEngine\.' "$log" || tail -n 5 "$log"; } | sed "s#$NAS_ROOT/##g; s/ \[[^]]*proj\]\$//" | awk '!seen[$0]++' | head -n 8 >&2 || true
    say "the whole output is in $log"
    return 1
}

# Asks without a process for each package; packages that a dpkg-less system has are not seen.
missing_packages() { # PACKAGE... ; prints those that are not installed
    local package
    for package in "$@"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -q '^installed' || printf '%s ' "$package"
    done
}

apt_install() { # PACKAGE...
    export DEBIAN_FRONTEND=noninteractive
    apt-get install -y --no-install-recommends -q "$@" && return
    # Lists that are absent or stale are the common reason; a second try also helps against a broken download.
    apt-get update -q && apt-get install -y --no-install-recommends -q "$@"
}

# Installs Debian packages: as root at once, else says how.
require_packages() { # PACKAGE...
    local -a missing
    read -ra missing <<<"$(missing_packages "$@")"
    ((${#missing[@]})) || return 0
    if ((EUID == 0)); then
        logged apt "installing ${missing[*]}" apt_install "${missing[@]}"
    else
        say "these packages are missing: ${missing[*]}. Install them and start nas again:"
        echo "  sudo apt-get install -y --no-install-recommends ${missing[*]}" >&2
        return 2
    fi
}

node_version() { node --version 2>/dev/null | sed 's/^v//'; }

node_is_old() { [[ $(node_version) =~ ^([0-9]+)\. ]] && ((BASH_REMATCH[1] < 18)); }

libtorch_is_there() {
    if [[ -n ${LIBTORCH:-} ]]; then
        [[ -f $LIBTORCH/include/ATen/ATen.h && -f $LIBTORCH/lib/libtorch.so ]]
    else
        [[ -f /usr/include/ATen/ATen.h || -f /usr/local/include/ATen/ATen.h ]]
    fi
}

# Boosted trees are fitted by it. Where it cannot be had as a package, everything else goes on without it.
xgboost_is_there() { compgen -G '/usr/lib/*/libxgboost.so*' >/dev/null || compgen -G '/usr/local/lib/libxgboost.so*' >/dev/null || ! command -v apt-get >/dev/null; }

# What the build needs, and with 'agent' what measuring and charts need too: all that is missing is asked for at once.
require_tools() { # [agent]
    local -a packages=()
    if [[ -n ${LIBTORCH:-} ]] && ! libtorch_is_there; then
        say "LIBTORCH=$LIBTORCH holds no libtorch: include/ATen/ATen.h and lib/libtorch.so are expected there."
        return 2
    fi
    libtorch_is_there || packages+=(libtorch-dev libopenblas0)
    command -v "${CXX:-g++}" >/dev/null || packages+=(g++)
    xgboost_is_there || packages+=(libxgboost0)
    if [[ ${1:-} == agent ]]; then
        if command -v node >/dev/null && node_is_old; then
            say "node $(node_version) is too old: 18 or newer is needed, for measuring and for charts."
            return 2
        fi
        command -v node >/dev/null || packages+=(nodejs)
        [[ -z $own_modules$own_web_modules ]] || command -v npm >/dev/null || packages+=(npm)
    fi
    ((${#packages[@]})) || return 0
    if command -v apt-get >/dev/null; then
        require_packages "${packages[@]}"
    else
        say "these are missing: ${packages[*]}. Install them from your system's packages; a libtorch from https://pytorch.org is named in LIBTORCH."
        return 2
    fi
}

# Everything that the lock file names, also where NODE_ENV=production is set: the charts are a part of this project alone.
install_from_lock() { # FOLDER TEXT
    installed_from_lock "$1" && return 0
    logged "npm-${1##*.}" "installing $2" npm ci --ignore-scripts --include=dev --no-audit --no-fund --prefix "$1" || return 1
    cp "$1/package-lock.json" "$1/node_modules/.installed-from"
}

install_modules() { # COMMAND
    if uses_agent "$1" && [[ -n $own_modules ]]; then
        install_from_lock "$agent" "the device agent's modules" || return 1
    fi
    if uses_web "$1" && [[ -n $own_web_modules ]]; then
        install_from_lock "$web" "the modules of the pages" || return 1
    fi
}

require_sdk() {
    local wanted
    wanted=$(grep -o '[0-9][0-9.]*' "$NAS_ROOT/global.json" | head -n 1)
    if ! command -v dotnet >/dev/null; then
        say "the .NET SDK $wanted or newer is missing."
    elif ! (cd "$NAS_ROOT" && dotnet --version) >/dev/null 2>&1; then
        say "the .NET SDK $wanted or newer is needed; found: $(dotnet --list-sdks 2>/dev/null | cut -d' ' -f1 | paste -sd' ' | grep . || echo none)."
    else
        return 0
    fi
    cat >&2 <<TEXT
  Install it into your home folder (nas finds it there):
    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel ${wanted%.*}
  or as a package: https://learn.microsoft.com/dotnet/core/install/linux
TEXT
    return 2
}

# One build for all: without analyzers and documents, which .ci/run and the tests' build check.
quick_build() { # PROJECT OPTIONS...
    cd "$NAS_ROOT" || return
    dotnet build "$@" -c Release -m -nodeReuse:false -nologo -v quiet -clp:NoSummary \
        -p:UseSharedCompilation=true -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -p:EnforceCodeStyleInBuild=false -p:NuGetAudit=false
}

build_program() {
    local now built
    now=$(sources src)
    is_current "$state/app.sources" "$now" && return 0 # another process was quicker
    require_sdk || return
    logged build "building the program" quick_build src/NasEngine.Cli -o "$state/build/app" || return 1
    # Programs that run keep their own files: each build has its folder, and a link names the newest.
    built=app-$(date +%s)-$$
    cp -r "$state/build/app" "$state/build/$built"
    ln -sfn "build/$built" "$state/app.next" && mv -T "$state/app.next" "$state/app"
    printf '%s\n' "$now" >"$state/app.sources"
    remove_old_builds "$built"
}

remove_old_builds() { # CURRENT
    local folder
    for folder in "$state"/build/app-*; do
        if [[ ${folder##*/} != "$1" ]] && ! grep -qsF "$folder/" /proc/[0-9]*/maps; then
            rm -rf "$folder"
        fi
    done
}

# Makes the program ready for a command. Several first starts at once wait for each other.
prepare_program() { # COMMAND
    local agent_too=''
    ! uses_agent "$1" || agent_too=agent
    make_state || return
    {
        flock 9
        require_tools "$agent_too" || return
        build_program || return
        install_modules "$1" || return
    } 9>"$state/lock"
}
