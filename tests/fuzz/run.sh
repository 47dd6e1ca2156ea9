#!/usr/bin/env bash
# tests/fuzz/run.sh TARGET SECONDS: first every seed, then SECONDS of fuzzing from them in a scratch corpus. Fails on any crash, leak or hang.
set -euo pipefail
target=$1 seconds=$2
name=$(basename "$target"); name=${name#fuzz_}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
seeds=$here/seeds/$name
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$scratch/corpus" "$scratch/found"
options=(-timeout=5 -rss_limit_mb=1024 -artifact_prefix="$scratch/found/" -print_final_stats=1 -verbosity=0)
[ -f "$here/$name.dict" ] && options+=(-dict="$here/$name.dict")
compgen -G "$seeds/*" >/dev/null || { echo "fuzz: $name has no seeds in $seeds" >&2; exit 1; }
if ! "$target" "${options[@]}" "$seeds"/* >"$scratch/log" 2>&1 ||
   ! "$target" "${options[@]}" -max_total_time="$seconds" "$scratch/corpus" "$seeds" >>"$scratch/log" 2>&1; then
  tail -40 "$scratch/log" >&2
  kept=$(pwd)/build/fuzz-findings; mkdir -p "$kept"; cp "$scratch"/found/* "$kept"/ 2>/dev/null || true
  echo "fuzz: $name failed; what it found is in $kept" >&2
  exit 1
fi
echo "fuzz: $name clean, $(sed -n 's/^stat::number_of_executed_units: *//p' "$scratch/log" | tail -1) runs in ${seconds} s"
