# shellcheck shell=bash
# shellcheck disable=SC2154  # nas sets the variables named below
# Sourced by nas: 'nas test', which builds the test projects once and sums their results up in one line.

test_usage() {
    cat <<'USAGE'
Builds and runs the tests, and ends with the line "N passed, N failed, N skipped". Results are in .nas/log.

usage: ./nas test [--unit] [--filter EXPRESSION]

  --unit      the unit tests only
  --filter    tests whose name contains a text (Torch), or an expression of dotnet test (FullyQualifiedName~Torch)

example: ./nas test --unit --filter SafeTensors

Exit code: 0 if none failed, 1 if one did or a build failed, 2 wrong usage or something to install.
USAGE
}

# What some tests need besides the program's own packages; without it they are skipped and say so.
test_packages() {
    local -a missing
    read -ra missing <<<"$(missing_packages python3-onnx python3-torch dataset-fashion-mnist postgresql chromium)"
    ((${#missing[@]})) || return 0
    if ((EUID == 0)) && command -v apt-get >/dev/null; then
        logged apt-tests "installing ${missing[*]}, which some tests compare with" apt_install "${missing[@]}" && return 0
    fi
    say "some tests are skipped without: ${missing[*]}"
}

# Debug, with every warning an error: 'dotnet build' of the solution gives the same files.
build_tests() { # PROJECT...
    local now target=tests/NasEngine.Tests.slnf
    [[ $# -gt 1 ]] || target=tests/NasEngine.$1
    now=$(sources src tests)
    is_current "$state/${target##*/}.sources" "$now" && return 0
    logged build-tests "building the tests" debug_build "$target" || return 1
    printf '%s\n' "$now" >"$state/${target##*/}.sources"
}

debug_build() { # PROJECT
    cd "$NAS_ROOT" || return
    dotnet build "$1" -m -nodeReuse:false -nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true
}

run_tests() { # PROJECT SECONDS FILTER ; the test host's own limit ends a test that hangs, the outer one everything else
    local -a options=(--logger "trx;LogFileName=$1.trx" --results-directory "$logs" --blame-hang-timeout "$(($2 - 30))s" --blame-hang-dump-type none)
    [[ -z $3 ]] || options+=(--filter "$3")
    rm -f "$logs/$1.trx"
    timeout -k 10 "$2" dotnet test "$NAS_ROOT/tests/NasEngine.$1/bin/Debug/net10.0/NasEngine.$1.dll" "${options[@]}" >"$logs/$1.log" 2>&1 </dev/null
}

count_outcome() { # FILE OUTCOME
    grep -o '<UnitTestResult [^>]*outcome="'"$2"'"' "$1" 2>/dev/null | wc -l || true
}

nas_test() {
    local filter='' project passed=0 failed=0 skipped=0 began=$SECONDS
    local -a projects=(UnitTests ReferenceTests IntegrationTests BrowserTests)
    while (($#)); do
        case $1 in
            --unit) projects=(UnitTests) ;;
            --filter)
                filter=${2:-}
                [[ -n $filter ]] || { say "--filter needs a text, such as: --filter SafeTensors"; return 2; }
                [[ $filter == *[=~]* ]] || filter="FullyQualifiedName~$filter"
                shift
                ;;
            -h | --help) test_usage; return 0 ;;
            *) say "test knows --unit and --filter EXPRESSION, not '$1'."; return 2 ;;
        esac
        shift
    done
    make_state || return
    {
        flock 9
        require_tools agent || return
        require_sdk || return
        install_modules serve || return
        [[ ${#projects[@]} == 1 ]] || test_packages
        build_tests "${projects[@]}" || { echo "0 passed, 1 failed, 0 skipped"; return 1; }
    } 9>"$state/test.lock"

    for project in "${projects[@]}"; do
        test_project "$project"
    done
    say "tests took $((SECONDS - began)) s"
    if ((passed + failed + skipped == 0)); then
        say "no test matches '$filter'."
        echo "0 passed, 0 failed, 0 skipped"
        return 2
    fi
    echo "$passed passed, $failed failed, $skipped skipped"
    ((failed == 0))
}

test_project() { # PROJECT ; adds to passed, failed and skipped of the caller
    local began=$SECONDS code=0 good bad left
    say "running $1 …"
    run_tests "$1" 420 "$filter" || code=$?
    good=$(count_outcome "$logs/$1.trx" Passed)
    bad=$(count_outcome "$logs/$1.trx" Failed)
    left=$(count_outcome "$logs/$1.trx" NotExecuted)
    if ((code != 0 && bad == 0)) && ! [[ -n $filter && $((good + left)) == 0 ]]; then
        # The host died, hung or never started: whatever ended there counts as one failure.
        bad=1
        say "$1 did not end properly (exit code $code):"
        tail -n 15 "$logs/$1.log" >&2
    elif ((bad > 0)); then
        # The failures' names, messages and places.
        sed -n '/^  Failed /,/^  \(Passed\|Skipped\) /p' "$logs/$1.log" | head -n 200 >&2
    fi
    say "$1: $good passed, $bad failed, $left skipped in $((SECONDS - began)) s"
    ((passed += good, failed += bad, skipped += left)) || true
}
