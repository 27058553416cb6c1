#!/bin/bash
# Builds the web console: tools/console.sh BUILD. What it is made with comes by
# package-lock.json into BUILD/npm, so that the sources stay as they are; Debian's nodejs
# and npm are installed where there is no `node` at all.
set -euo pipefail
build=$(realpath -m "$1")
cd "$(dirname "$0")/.."
tools=$PWD/tools
command -v node > /dev/null && command -v npm > /dev/null || tools/deps.sh packages-console.txt

work=$build/npm
mkdir -p "$work/src" "$work/assets"
# A copy beside its packages; the schema stays where the sources look for it.
rm -rf "$work/src/console.new" "$work/assets/schema"
cp -r src/console "$work/src/console.new"
cp -r assets/schema "$work/assets/schema"
rm -rf "$work/src/console.new/node_modules"
if cmp -s "$work/src/console/package-lock.json" src/console/package-lock.json &&
	[ -d "$work/src/console/node_modules" ]; then
	mv "$work/src/console/node_modules" "$work/src/console.new/node_modules"
fi
rm -rf "$work/src/console"
mv "$work/src/console.new" "$work/src/console"
cd "$work/src/console"
[ -d node_modules ] || npm ci --no-audit --no-fund --loglevel=error >&2 || { rm -rf node_modules; exit 1; }
npx tsc --noEmit
# Its own tests are quick: what is built has passed them.
npx vitest run --reporter=dot >&2
npx vite build --outDir "$build/console" --emptyOutDir --logLevel warn
node "$tools/console_notices.mjs" . "$build/console/notices.txt"
touch "$build/console/index.html"
