// SPDX-License-Identifier: Apache-2.0
// What the end-to-end test needs of a machine: programs that are ended again, a browser, and
// an authenticator.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { chromium } from 'playwright-core';

const running = [];

// Runs to its end; what it said. Anything but success throws.
export function run(program, args, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    let out = '';
    let err = '';
    child.stdout.on('data', (d) => (out += d));
    child.stderr.on('data', (d) => (err += d));
    child.on('close', (code) => (code === 0 ? done(out) : failed(new Error(`${program} ${args.join(' ')}: ${code}\n${err}`))));
  });
}

// Starts what goes on until finish(); resolves with what `until` found on its output.
export function start(program, args, until, options = {}) {
  return new Promise((done, failed) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
    running.push(child);
    let out = '';
    child.said = () => out;
    const look = (d) => {
      out += d;
      const found = until?.exec(out);
      if (found) done({ child, found });
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    child.on('close', (code) => failed(new Error(`${program} ended with ${code}: ${out}`)));
    if (!until) done({ child });
  });
}

export async function finish() {
  for (const child of running.reverse()) {
    if (child.exitCode !== null) continue;
    const ended = new Promise((done) => child.once('close', done));
    child.kill('SIGTERM');
    await ended;
  }
}

// True within so many seconds, looked at again and again.
export async function within(seconds, condition) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    if (await condition()) return true;
    if (Date.now() > end) return false;
    await new Promise((done) => setTimeout(done, 100));
  }
}

let count = 0;
let failures = 0;
export function ok(is, what) {
  count += 1;
  if (!is) failures += 1;
  console.log(`${is ? 'ok' : 'not ok'} ${count} - ${what}`);
  return is;
}
export function plan() {
  console.log(`1..${count}`);
  return failures;
}

// RFC 6238, as a phone does it.
export function totp(base32, at = Date.now()) {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const letter of base32) bits += letters.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const mac = createHmac('sha1', key).update(message).digest();
  const offset = mac[19] & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1000000).padStart(6, '0');
}

// A code counts once: the next one is waited for.
export async function nextTotp(person) {
  let code = totp(person.secret);
  await within(40, async () => (code = totp(person.secret)) !== person.lastCode);
  person.lastCode = code;
  return code;
}

export async function browser() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
}
