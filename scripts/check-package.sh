#!/usr/bin/env bash
# Packs the package, installs it into an empty folder elsewhere, and runs it there: what is published must find its
# profile, controls and schemas by itself.
set -euo pipefail
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

npx publint --strict
tarball=$(npm pack --silent --pack-destination "$folder")
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund "./$tarball"

code=0
npx fleet-audit run --profile ovh-vps3 --reporter json=report.json --reporter junit=junit.xml || code=$?
case $code in 0 | 1 | 3) ;; *) echo "fleet-audit run ended with $code" >&2; exit 1 ;; esac
node -e '
  const report = JSON.parse(require("fs").readFileSync("report.json", "utf8"));
  const wanted = Number(process.argv[1]);
  const got = report.hosts[0].controls.length;
  if (got !== wanted) throw new Error(`the package judged ${got} controls, the checkout has ${wanted}`);
  console.log(`installed package: ${got} controls, exit code ${report.exitCode}`);
' "$(node "$root/dist/cli.js" list --json | node -e 'let s="";process.stdin.on("data",d=>s+=d).on("end",()=>console.log(JSON.parse(s).length))')"
npx fleet-audit schema control >/dev/null
