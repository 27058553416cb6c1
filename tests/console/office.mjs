// SPDX-License-Identifier: Apache-2.0
// An office's day in a real browser, on a fresh hub: accounts, a spreadsheet of 223 rows of
// which five are bad, one fixed; submitted; nobody approves his own; reviewed, issued, signed
// with two keys, published; and a screen that shows it. Takes the pictures for the docs.
// Usage: node office.mjs BUILD FOLDER [PICTURES]. TAP.
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { browser, finish, nextTotp, ok, plan, run, start, within } from './kit.mjs';

const [build, folder, pictures] = process.argv.slice(2);
const here = new URL('.', import.meta.url).pathname;
const root = new URL('../..', import.meta.url).pathname;
const PASSWORD = '春江潮水连海平 海上明月';
let port = 0;

// ---- a hub, its keys, a screen --------------------------------------------------------------

async function makeFeed() {
  mkdirSync(`${folder}/keys`, { recursive: true });
  for (const key of ['root', 'publisher-1', 'publisher-2', 'head'])
    await run(`${build}/fangzi-sign`, ['keygen', '--type', 'ed25519', '--out', `${folder}/keys/${key}.pem`]);
  await run(`${build}/fangzi-sign`, ['trust', '--feed', 'town', '--out', `${folder}/feed`, '--key', `${folder}/keys/root.pem`,
    '--root', `${folder}/keys/root.pem`, '--publisher', `${folder}/keys/publisher-1.pem`, '--publisher', `${folder}/keys/publisher-2.pem`,
    '--publisher-threshold', '2', '--head', `${folder}/keys/head.pem`]);
}

async function startHub() {
  const made = await run(`${build}/fangzi-hub`, ['init', '--folder', `${folder}/office`, '--content', `${root}assets/demo/content.json`]);
  const { found } = await start(`${build}/fangzi-hub`, ['serve', '--folder', `${folder}/office`, '--feed', `${folder}/feed`, '--head-key',
    `${folder}/keys/head.pem`, '--console', `${build}/console`, '--listen', '127.0.0.1:0'], /on port (\d+)/);
  port = Number(found[1]);
  return /one-time password (\S+)/.exec(made)[1];
}

async function startScreen() {
  return start(`${build}/fangzi-kiosk`, ['--feed', `http://127.0.0.1:${port}/feed/`, '--trust', `${folder}/feed/trust/1.json`, '--state',
    `${folder}/state`, '--hub', `http://127.0.0.1:${port}`, '--poll-s', '2', '--size', '1280x720'], /kiosk: \d+ x \d+ on/, {
    env: { ...process.env, SDL_VIDEODRIVER: 'offscreen' },
  });
}

// ---- people in front of the browser -----------------------------------------------------------

const people = {};
let chrome;
const faults = [];

async function visit(name) {
  const context = await chrome.newContext({ viewport: { width: 1360, height: 860 }, locale: 'zh-CN', acceptDownloads: true });
  const page = await context.newPage();
  page.on('pageerror', (e) => faults.push(e.message));
  page.on('console', (m) => m.type() === 'error' && /Content Security Policy/.test(m.text()) && faults.push(m.text()));
  await page.goto(`http://127.0.0.1:${port}/`);
  people[name].page = page;
  return page;
}

async function signIn(name, oneTime) {
  const page = await visit(name);
  await page.getByLabel('用户名').fill(name);
  await page.getByLabel('密码', { exact: true }).fill(oneTime);
  if (name === 'admin') await picture(page, 'login');
  await page.getByRole('button', { name: /登\s*录/ }).click();
  await page.getByLabel('现在的密码').fill(oneTime);
  await page.getByLabel('新密码').fill(PASSWORD);
  await page.getByLabel('再输一次').fill(PASSWORD);
  await page.getByRole('button', { name: '修改密码' }).click();
  await page.getByRole('heading', { name: '总览' }).waitFor();
  return page;
}

// Fills in the password again where the console asks for it.
async function confirm(name) {
  const page = people[name].page;
  const dialog = page.getByRole('dialog', { name: '请再次确认是您本人' });
  if (!(await dialog.isVisible().catch(() => false)) && !(await dialog.waitFor({ timeout: 3000 }).then(() => true, () => false))) return;
  await dialog.getByLabel('密码', { exact: true }).fill(PASSWORD);
  if (people[name].secret) await dialog.getByLabel('动态验证码').fill(await nextTotp(people[name]));
  await dialog.getByRole('button', { name: /确\s*认/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function picture(page, name) {
  if (pictures) await page.screenshot({ path: `${pictures}/office-${name}.png` });
}

const go = (name, to) => people[name].page.goto(`http://127.0.0.1:${port}/#/${to}`);

async function addAccount(name, display, roles) {
  const page = people.admin.page;
  await page.getByRole('button', { name: '新建账户' }).click();
  const dialog = page.getByRole('dialog', { name: '新建账户' });
  await dialog.getByLabel('用户名').fill(name);
  await dialog.getByLabel('显示名').fill(display);
  for (const role of ['编辑', '审核人', '签发人', '屏幕管理', '审计', '管理员'])
    await dialog.getByRole('checkbox', { name: role, exact: true }).setChecked(roles.includes(role));
  if (name === 'zhang') await picture(page, 'account');
  await dialog.getByRole('button', { name: /保\s*存/ }).click();
  await confirm('admin');
  const password = await page.locator('#one-time-password').innerText();
  await page.getByRole('dialog', { name: '一次性密码' }).getByRole('button', { name: 'Close' }).click();
  people[name] = {};
  return password.trim();
}

// ---- the day -------------------------------------------------------------------------------------

async function makePeople(oneTime) {
  people.admin = {};
  await signIn('admin', oneTime);
  await go('admin', 'accounts');
  const passwords = {
    zhang: await addAccount('zhang', '张编辑', ['编辑', '审核人']),
    wang: await addAccount('wang', '王审核', ['审核人']),
    li: await addAccount('li', '李签发', ['签发人']),
    zhao: await addAccount('zhao', '赵屏管', ['屏幕管理']),
  };
  await picture(people.admin.page, 'accounts');
  for (const [name, password] of Object.entries(passwords)) await signIn(name, password);
  ok(true, 'an administrator makes accounts, and each sets a password of his own');
}

async function enrol() {
  const page = people.li.page;
  await go('li', 'me');
  await page.locator('section', { hasText: '动态验证码' }).getByRole('button', { name: /启\s*用/ }).click();
  people.li.secret = (await page.locator('code').first().innerText()).trim();
  await picture(page, 'totp');
  await page.getByLabel('六位数字').fill(await nextTotp(people.li));
  await page.locator('form').filter({ hasText: '六位数字' }).getByRole('button', { name: /启\s*用/ }).click();
  ok(await page.getByText('已启用。登录和签发时').waitFor().then(() => true), 'the issuer enrols a second factor');
}

async function chooseSet(page) {
  await page.getByRole('combobox', { name: '编辑到' }).click();
  await page.getByText('#1 初始内容').last().click();
  await page.getByRole('link', { name: '查看并送审' }).waitFor();
}

async function uploadPictures(page) {
  await go('zhang', 'media');
  const media = `${build}/demo/media`;
  for (const name of readdirSync(media).filter((f) => f.endsWith('.png'))) {
    await page.locator('input[type=file]').setInputFiles(`${media}/${name}`);
    await page.getByRole('cell', { name, exact: true }).first().waitFor({ timeout: 30000 });
  }
  await picture(page, 'media');
}

async function importSheet(page) {
  await run('/usr/bin/python3', [`${here}../gen_office_sheet.py`, `${folder}/sheet.xlsx`, '--bad', '5']);
  await go('zhang', 'import');
  await page.getByLabel('数据来源').click();
  await page.getByTitle('示例', { exact: true }).last().click();
  await page.getByLabel('数据截至').fill('2023-06');
  await page.getByLabel('表中未写年份时').fill('2023');
  await page.locator('input[type=file]').setInputFiles(`${folder}/sheet.xlsx`);
  await page.getByText('逐行核对').waitFor({ timeout: 60000 });
  await picture(page, 'import');
  ok(await page.getByText('不能导入 5', { exact: true }).isVisible(), 'of 223 rows, five are refused, each with its reason');
  ok(await page.locator('#apply-import').isDisabled(), 'all or nothing: while one is refused, nothing can be written');
  await page.getByText('不能导入 5', { exact: true }).click();
  await page.locator('.ant-table-row-expand-icon').first().click();
  await picture(page, 'import-refused');
  await page.locator('.ant-table-expanded-row input').first().fill('1.2亿元');
  await page.getByRole('button', { name: '改正此行' }).click();
  await page.getByText('不能导入 4', { exact: true }).waitFor({ timeout: 60000 });
  ok(true, 'one is fixed in its cell');
  await page.getByLabel('有一行不能导入就全部不导入').uncheck();
  await page.locator('#apply-import').click();
  await page.getByText('已写入变更单').first().waitFor({ timeout: 60000 });
  ok(true, 'the rest is written into the change set');
}

async function submit(page) {
  await go('zhang', 'sets/1');
  await page.getByRole('tab', { name: '页面' }).click();
  await page.locator('#paint').click();
  await page.getByText('现在屏幕上').first().waitFor({ timeout: 180000 });
  await picture(page, 'preview');
  await page.locator('#submit-set').click();
  ok(await page.getByText('待审核').first().waitFor({ timeout: 240000 }).then(() => true, () => false), 'the editor looks at the pages and submits');
}

async function refuseOwn(page) {
  ok((await page.getByRole('button', { name: '审核通过' }).count()) === 0, 'an editor who is a reviewer too is not offered his own');
  const status = await page.evaluate(async () => {
    const set = await (await fetch('/api/v1/sets/1')).json();
    const { csrf } = await (await fetch('/api/v1/session')).json();
    const answer = await fetch('/api/v1/sets/1/review', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-CSRF-Token': csrf },
      body: JSON.stringify({ decision: 'approve', content_sha256: set.candidate.content_sha256, pages_sha256: set.candidate.pages_sha256 }),
    });
    return `${answer.status} ${(await answer.json()).error.message}`;
  });
  ok(status === '403 不能审核自己参与编辑的变更', `and is refused when he asks all the same: ${status}`);
}

async function decide(name, button, shot) {
  const page = people[name].page;
  await go(name, 'sets/1');
  await page.getByRole('tab', { name: '页面' }).click();
  await page.getByText('将要播出').first().waitFor({ timeout: 30000 });
  await picture(page, shot);
  await page.getByRole('button', { name: button, exact: true }).click();
  await confirm(name);
}

async function reviewAndIssue() {
  await decide('wang', '审核通过', 'review');
  ok(await people.wang.page.getByText('待签发').first().waitFor({ timeout: 20000 }).then(() => true, () => false), 'a reviewer approves what he saw');
  await decide('li', /^签\s*发$/, 'issue');
  ok(await people.li.page.getByText('待签名发布').first().waitFor({ timeout: 20000 }).then(() => true, () => false), 'an issuer issues it, with his second factor');
}

async function sign(page, key) {
  const wait = page.waitForEvent('download');
  await page.getByText('下载待签名包').click();
  const zip = `${folder}/${key}.zip`;
  await (await wait).saveAs(zip);
  rmSync(`${folder}/${key}`, { recursive: true, force: true });
  await run('/usr/bin/python3', ['-m', 'zipfile', '-e', zip, `${folder}/${key}`]);
  await run(`${build}/fangzi-sign`, ['check', `${folder}/${key}/content.json`, '--media', `${folder}/${key}/media`]);
  await run(`${build}/fangzi-sign`, ['sign', `${folder}/${key}/manifest.json`, '--key', `${folder}/keys/${key}.pem`]);
  await page.locator('input[type=file][accept=".json"]').setInputFiles(`${folder}/${key}/manifest.json`);
}

async function publish() {
  const page = people.li.page;
  await go('li', 'publications');
  await sign(page, 'publisher-1');
  await page.getByText('1/2', { exact: true }).waitFor({ timeout: 20000 });
  ok(await page.locator('#publish').isDisabled(), 'one signature of two is not enough');
  await sign(page, 'publisher-2');
  await page.getByText('可以发布').first().waitFor({ timeout: 20000 });
  await picture(page, 'sign');
  await page.locator('#publish').click();
  await page.getByRole('dialog').getByRole('button', { name: /确\s*定/ }).click();
  await confirm('li');
  ok(await page.getByText('已发布').first().waitFor({ timeout: 30000 }).then(() => true, () => false), 'two publishers sign on machines of their own; it is published');
  await picture(page, 'published');
}

// What the screen's own programs say of themselves.
function said(file, key) {
  try {
    return new RegExp(`^${key}=(.*)$`, 'm').exec(readFileSync(`${folder}/state/${file}`, 'utf8'))?.[1] || undefined;
  } catch {
    return undefined;
  }
}

const fleetRow = (page) => page.getByRole('row').filter({ hasText: '政务大厅一楼东' });

async function pairScreen() {
  const page = people.zhao.page;
  await startScreen();
  ok(await within(60, () => said('device.status', 'code')), 'a new screen shows a code');
  const dialog = page.getByRole('dialog', { name: '添加屏幕' });
  await page.goto(said('device.status', 'pair_url'));
  const scanned = await dialog.getByLabel('配对码').inputValue();
  ok(scanned === said('device.status', 'code'), `whose square code opens the page for it: ${scanned}`);
  await go('zhao', 'screens');
  await dialog.waitFor({ state: 'detached' });
  await page.locator('#pair').click();
  await dialog.getByLabel('配对码').fill(said('device.status', 'code'));
  await dialog.getByLabel('屏幕名称').fill('政务大厅一楼东');
  await dialog.getByLabel('标签').fill('hall');
  await dialog.getByLabel('标签').press('Enter');
  await picture(page, 'pair');
  await dialog.getByRole('button', { name: /配\s*对/ }).click();
  ok(await fleetRow(page).waitFor({ timeout: 20000 }).then(() => true, () => false), 'an officer pairs it by that code');
}

// The fleet page is asked again and again; it may say "current" only once the screen has shown it.
async function seeFleet() {
  const page = people.zhao.page;
  await go('zhao', 'screens');
  let early = false;
  const seen = await within(240, async () => {
    const row = await page.evaluate(async () => (await (await fetch('/api/v1/screens')).json()).screens[0]);
    if (row.state === 'current' && said('kiosk.status', 'version') !== '1') early = true;
    return row.state === 'current' && row.report?.version === 1;
  });
  ok(seen && !early, 'the fleet says so, and not before the screen had shown it');
  await page.reload();
  await fleetRow(page).getByText('最新').waitFor({ timeout: 30000 });
  await picture(page, 'fleet');
}

const shown = () => said('kiosk.status', 'version');

async function main() {
  rmSync(folder, { recursive: true, force: true });
  if (pictures) mkdirSync(pictures, { recursive: true });
  await makeFeed();
  const oneTime = await startHub();
  chrome = await browser();
  await makePeople(oneTime);
  await enrol();
  await pairScreen();
  const editor = people.zhang.page;
  await chooseSet(editor);
  await uploadPictures(editor);
  await importSheet(editor);
  await submit(editor);
  await refuseOwn(editor);
  await reviewAndIssue();
  ok(shown() !== '1', 'the screen does not show it yet');
  await publish();
  await seeFleet();
  ok(await within(60, () => shown() === '1'), 'the running screen shows what was published');
  ok(faults.length === 0, `no fault in the page, nothing against its policy: ${faults[0] ?? ''}`);
}

try {
  await main();
} catch (e) {
  ok(false, `the day goes on: ${e.stack}`.replace(/\n/g, '\n# '));
  for (const [name, person] of Object.entries(people)) await person.page?.screenshot({ path: `${folder}/failed-${name}.png` }).catch(() => undefined);
} finally {
  await chrome?.close();
  await finish();
}
process.exitCode = plan() ? 1 : 0;
