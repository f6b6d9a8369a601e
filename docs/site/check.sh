#!/usr/bin/env bash
# Looks at the pages and at the site as machines can: markdownlint, a spell checker, axe on every page, links, pictures, and Lighthouse on three pages.
#   docs/site/check.sh            all of it; pictures are in artifacts/site
#   docs/site/check.sh pages      markdownlint and the spell checker only
# Needs node and npm (Debian: nodejs npm) and chromium. What it installs is in artifacts/npm: it is no part of ./test.sh, for which 400 packages would be too much.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
npm=artifacts/npm
mkdir -p "$npm"
if [[ ! -d $npm/node_modules/axe-core ]]; then
  echo '{"private": true}' > "$npm/package.json"
  npm install --prefix "$npm" --no-audit --no-fund --silent axe-core@4 puppeteer-core@24 markdownlint-cli2@0 cspell@9 lighthouse@12
fi

"$npm/node_modules/.bin/markdownlint-cli2" --config docs/site/.markdownlint-cli2.jsonc
"$npm/node_modules/.bin/cspell" --config docs/site/cspell.json --no-progress --no-summary --dot README.md CONTRIBUTING.md SECURITY.md 'docs/**/*.md' deploy/README.md
[[ ${1:-} == pages ]] && exit

DOTNET_TieredPGO=0 dotnet publish sample/Docs -r linux-x64 -p:PublishAot=true -o artifacts/Docs -v q
artifacts/Docs/Docs --port 18080 --quiet &
server=$!
trap 'kill $server' EXIT
root=$PWD
url=http://localhost:18080
sleep 1
(cd "$npm" && node "$root/docs/site/check.mjs" $url "$root/artifacts/site")
for page in / /internals/fork /attributes; do
  CHROME_PATH=$(command -v chromium) "$npm/node_modules/.bin/lighthouse" $url$page --quiet --chrome-flags="--headless --no-sandbox" --output=json --output-path="$npm/lighthouse.json" > "$npm/lighthouse.log" 2>&1
  node -e 'const all = Object.values(JSON.parse(require("fs").readFileSync(process.argv[2])).categories); console.log(process.argv[1], all.map(one => `${one.id} ${Math.round(one.score * 100)}`).join(", ")); process.exit(all.every(one => one.score >= 0.95) ? 0 : 1)' $page "$npm/lighthouse.json"
done
