#!/usr/bin/env bash
# run-all.sh [unit|node]: runs the test projects, each by itself, and adds up what they report in out/test/summary.
# A project that reports nothing (it crashed, hung, or holds no test) counts as one failure.
# The failed tests stand once more at the end, since who reads a long log reads its end.
set -uo pipefail
cd "$(dirname "$0")/.."

which=${1:-all}
results=$PWD/out/test
rm -rf "$results"
mkdir -p "$results"
passed=0
failed=0

run() { # PROJECT-NAME [WRAPPER]
    local name=$1 trx=$results/$1.trx counters status=0 run_passed=0 run_failed=0
    echo "== $name"
    # A run in the background or under nohup would hand its programs ignored signals, and they would never end or reload.
    env --default-signal=HUP,INT,QUIT ${2:-} dotnet test "test/$name" -c "${CONFIGURATION:-Release}" --no-build --nologo \
        --results-directory "$results" --logger "trx;LogFileName=$name.trx" \
        --logger "console;verbosity=${VERBOSITY:-normal}" \
        --blame-hang-timeout 10m --blame-hang-dump-type none \
        ${FILTER:+--filter "FullyQualifiedName~$FILTER"} >"$results/$name.log" 2>&1 || status=$?
    counters=$(grep -o '<Counters [^>]*>' "$trx" 2>/dev/null | head -1)
    [[ $counters =~ passed=\"([0-9]+)\" ]] && run_passed=${BASH_REMATCH[1]}
    [[ $counters =~ total=\"([0-9]+)\" ]] && run_failed=$((BASH_REMATCH[1] - run_passed))
    if ((run_failed > 0 || status != 0 || run_passed == 0)); then
        [[ -n ${FILTER:-} && $status == 0 && $run_failed == 0 ]] || {
            grep -vE '^ +Passed ' "$results/$name.log"
            ((run_failed > 0)) || { echo "$name ended with status $status and reported no failed test"; run_failed=1; }
        }
    fi
    echo "   $run_passed passed, $run_failed failed"
    ((passed += run_passed, failed += run_failed))
}

if [[ $which != node ]]; then
    for project in test/*.Tests; do
        name=${project#test/}
        [[ $name == Crisp.Node.Tests ]] || run "$name"
    done
fi
if [[ $which != unit ]]; then
    run Crisp.Node.Tests test/with-node-namespace.sh
fi

grep -hE -A9 '^ +Failed .*\[' "$results"/*.log | cut -c1-300
echo "$passed passed, $failed failed" | tee "$results/summary"
((failed == 0 && passed > 0))
