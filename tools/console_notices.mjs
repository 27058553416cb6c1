// SPDX-License-Identifier: Apache-2.0
//
// What the console is bundled with asks that its notices go with it: tools/console_notices.mjs FOLDER
// OUT writes them, from the packages that FOLDER's package-lock.json names and needs at run time.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, out] = process.argv.slice(2);
const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));

function notice(place) {
    const own = JSON.parse(readFileSync(join(folder, place, 'package.json'), 'utf8'));
    const author = typeof own.author === 'string' ? own.author : (own.author?.name ?? '');
    const file = readdirSync(join(folder, place)).find((name) => /^(licen[cs]e|copying)/i.test(name));
    const text = file ? readFileSync(join(folder, place, file), 'utf8').replaceAll('\r', '').trim() : `Author: ${author}`;
    return `${own.name} ${own.version}\nLicence: ${own.license}\n\n${text}\n`;
}

const places = Object.keys(lock.packages).filter((place) => place && !lock.packages[place].dev);
const notices = places.filter((place) => existsSync(join(folder, place))).map(notice);
writeFileSync(out, notices.join(`\n${'-'.repeat(72)}\n`));
