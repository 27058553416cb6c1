// Draws three kinds of board from the content document and turns them as the screen does:
// the first stands at once, later ones come in; a dot fills once a second; the ticker rolls
// from notice to notice and crawls where one is too long.
"use strict";
const LEAVE_MS = 200, ENTER_MS = 900, COUNT_MS = 800, ROLL_MS = 400, WAIT_MS = 2000, DU_PER_MS = 0.12;
const START = new Date("2023-06-28T10:24:00+08:00"), BEGAN = performance.now();
const items = {};
for (const list of ["figures", "indicators", "notices"])
	for (const item of content[list]) items[item.id] = item;
const tickers = content.notices.filter(n => n.ticker);
const $ = (selector, from = document) => from.querySelector(selector);

function make(tag, style, html, name = "") {
	const e = document.createElement(tag);
	e.className = name;
	e.innerHTML = html;
	Object.assign(e.style, Object.fromEntries(Object.entries(style).map(([k, v]) => [k, v / 10 + "rem"])));
	return e;
}

// A number that counts up while its page comes in.
const count = item => `<span data-to="${item.value}" data-decimals="${item.decimals || 0}">` +
	`${item.value.toFixed(item.decimals || 0)}</span>`;
const words = {over: ["", "多"], at_least: ["", "以上"], rank: ["第", ""]};

function cell(item, left, top, width) {
	const [before, after] = words[item.qualifier] || ["", ""];
	const unit = item.qualifier === "over" ? after + item.unit : (item.unit || "") + after;
	return make("div", {left, top, width}, `<div class="n">${before && `<small>${before}</small>`}${count(item)}` +
		`<small>${unit}</small></div><p>${item.label}</p>`, "cell");
}

function overview(board) {
	const of = board.of.map(id => items[id]).filter(Boolean);
	const hero = of.find(i => i.change_pp), cells = of.filter(i => i.label), note = of.find(i => i.text);
	const parts = [make("div", {left: 112, top: 252}, hero.name, "head"),
		make("div", {left: 104, top: 296}, `${count(hero)}<small>%</small>`, "big"),
		make("div", {left: 112, top: 640}, `<i class="grow" style="width:${hero.value - hero.change_pp}%"></i>` +
			`<i class="grow" style="width:${hero.change_pp}%"></i>`, "bar"),
		make("div", {left: 356, top: 716}, `去年同期 <b>${(hero.value - hero.change_pp).toFixed(1)}%</b>` +
			` <b class="red">▲ ${hero.change_pp} 个百分点</b>`, "note")];
	cells.slice(0, tickers.length ? 4 : 6).forEach((item, i) =>
		parts.push(cell(item, i % 2 ? 1408 : 976, 248 + 240 * (i >> 1), 400)));
	if (note && !tickers.length)
		parts.push(make("p", {left: 112, top: 824, width: 832}, note.text, "note"));
	return parts;
}

function standing(board) {
	const rows = board.of.map(id => items[id]).filter(i => i && i.name);
	return rows.map((item, i) => {
		const at = rank => 51.6 + 7.2 * (rank - 1);
		let marks = "";
		for (let rank = 1; rank <= item.of; rank++)
			marks += `<i style="left:${at(rank)}rem"></i>`;
		marks += item.rank ? `<i class="own pop" style="left:${at(item.rank)}rem">${item.rank}</i>`
			: `<i class="band grow" style="left:${at(1)}rem;width:${at(item.rank_at_least) - at(1) + 4}rem"></i>`;
		const said = item.rank ? `第<strong>${item.rank}</strong>名` : `前<strong>${item.rank_at_least}</strong>位`;
		return make("div", {top: 344 + 96 * i}, `<b>${item.name}</b>${marks}<em>${said}</em>`, "row");
	});
}

function projects(board) {
	const [total, done, doing, ...rest] = board.of.map(id => items[id]).filter(i => i && i.label);
	let units = "";
	for (let i = 0; i < total.value; i++)
		units += `<i class="${i < done.value ? "" : "open"}" style="--share:${i / total.value}"></i>`;
	const share = (item, name) => `<b class="${name}">${count(item)}</b><p class="${name}">${item.label}\n` +
		`占 ${(item.value / total.value * 100).toFixed(1)}%</p>`;
	return [make("div", {left: 104, top: 262}, `${count(total)}<small>${total.unit}</small>`, "big"),
		make("div", {left: 112, top: 572}, total.label, "head"),
		make("div", {left: 832, top: 248}, share(done, ""), "share"),
		make("div", {left: 1460, top: 248}, share(doing, "red"), "share"),
		make("div", {left: 832, top: 412}, units, "units"),
		...rest.slice(0, 4).map((item, i) => cell(item, 112 + 432 * i, 704, 400))];
}

const kinds = {overview, standing, projects};
const titles = {overview: "区情", standing: "区情", projects: "项目"};
const pages = content.boards.filter(b => kinds[b.kind]).map(board => {
	const section = document.createElement("section");
	kinds[board.kind](board).forEach((part, n) => {
		part.style.setProperty("--n", n);
		section.append(part);
	});
	$("main").append(section);
	$(".dots").append(document.createElement("i"));
	return {board, section, dwell_ms: (board.dwell_s || 12) * 1000, numbers: section.querySelectorAll("[data-to]")};
});
let shown = -1, since_ms = 0;

function run_numbers(page, from_ms) {
	const t = Math.min((performance.now() - from_ms) / COUNT_MS, 1), share = 1 - (1 - t) ** 4;
	for (const n of page.numbers)
		n.textContent = (n.dataset.to * share).toFixed(n.dataset.decimals);
	if (t < 1)
		requestAnimationFrame(() => run_numbers(page, from_ms));
}

function enter(next, is_first) {
	const page = pages[next];
	if (shown >= 0)
		pages[shown].section.className = "";
	page.section.className = is_first ? "on" : "on entering";
	if (!is_first)
		run_numbers(page, performance.now());
	shown = next;
	since_ms = performance.now();
	$(".site span").textContent = titles[page.board.kind];
	$("h1 b").textContent = page.board.title || "指标增速位次";
	$("h1 small").textContent = page.board.subtitle || "";
	[...$(".dots").children].forEach((dot, i) => { dot.className = i === next ? "on" : ""; });
	tick();
	setTimeout(() => page.section.classList.remove("entering"), ENTER_MS);
	if (pages.length > 1)
		setTimeout(turn, page.dwell_ms - LEAVE_MS);
}

function turn() {
	pages[shown].section.classList.add("leaving");
	setTimeout(() => enter((shown + 1) % pages.length, false), LEAVE_MS);
}

// Once a second: the clock, which changes once a minute, and the dot that fills.
function tick() {
	const now = new Date(START.getTime() + performance.now() - BEGAN);
	const clock = now.toLocaleTimeString("zh-CN", {timeZone: "Asia/Shanghai", hour: "2-digit", minute: "2-digit"});
	if ($("time b").textContent !== clock)
		$("time b").textContent = clock;
	$(".dots .on").style.setProperty("--fill", Math.min((performance.now() - since_ms) / pages[shown].dwell_ms, 1));
}

function roll(index) {
	const [old, line] = [$(".box p"), make("p", {}, tickers[index].title.replaceAll("\n", ""))];
	$(".box").append(line);
	$("aside > span").textContent = `${index + 1} / ${tickers.length}`;
	if (old) {
		const up = {duration: ROLL_MS, easing: "cubic-bezier(.2, .6, .3, 1)"};
		old.animate({transform: [getComputedStyle(old).transform, "translateY(-8rem)"]}, up).onfinish = () => old.remove();
		line.animate({transform: ["translateY(8rem)", "none"]}, up);
	}
	const over = Math.max(line.scrollWidth - $(".box").clientWidth, 0);
	const crawl_ms = over / innerWidth * 1920 / DU_PER_MS;
	if (over)
		line.animate({transform: ["none", `translateX(${-over}px)`]}, {duration: crawl_ms, delay: WAIT_MS, fill: "forwards"});
	const hold_ms = Math.max(tickers[index].title.length * 250, over ? WAIT_MS + crawl_ms + WAIT_MS : 6000);
	setTimeout(() => roll((index + 1) % tickers.length), hold_ms + ROLL_MS);
}

$(".site b").textContent = content.site.name;
$("time span").textContent = "2023年6月28日 星期三";
$("footer p").innerHTML = "数据截至 <b>2023年1—5月、报道刊发时</b>　 来源 潍坊日报社";
if (tickers.length) {
	document.body.className = "over-ticker";
	$("aside").hidden = false;
	roll(0);
}
enter(0, true);
setInterval(tick, 1000);
