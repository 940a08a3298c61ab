// What the page is to reach. A goal is printed beside what was measured; only a page that did not show the whole answer
// makes the bench fail.

/**
 * @typedef {object} Goal
 * @property {string} name
 * @property {string} part
 * @property {string} case
 * @property {string} figure
 * @property {'value' | 'ratio' | 'difference'} how as it stands, or beside the bare page's of the same round
 * @property {string} [than] another case of the same page to stand beside, in place of the bare page
 * @property {number} most
 */

const streaming = (api, case_, figure, most, name) => ({
	name,
	part: 'streaming',
	case: `${api} ${case_}`,
	figure,
	how: 'ratio',
	most
});

/** Over the same page with nothing stored. */
const overEmpty = (case_, most) => ({
	name: `${case_}: ready later than empty, ms`,
	part: 'stored',
	case: case_,
	figure: 'ready',
	how: 'difference',
	than: 'empty',
	most
});

const value = (part, case_, figure, most, name) => ({
	name,
	part,
	case: case_,
	figure,
	how: 'value',
	most
});

const long = ['chars10000000', 'list50000', 'links15000'];

/** @type {readonly Goal[]} */
export const goals = [
	streaming('chat', '2000-max', 'cpu', 1.8, 'chat, 2,000 at once: cpu, ratio'),
	streaming('chat', '10000-max', 'cpu', 1.15, 'chat, 10,000 at once: cpu, ratio'),
	streaming('converse', '10000-max', 'cpu', 1.25, 'converse, 10,000 at once: cpu, ratio'),
	streaming('responses', '10000-max', 'cpu', 1.25, 'responses, 10,000 at once: cpu, ratio'),
	streaming('chat', '2000-200', 'cpu', 0.8, 'chat, 2,000 at 200 a second: cpu, ratio'),
	streaming('chat', '20-max', 'cpu', 1.6, 'chat, 20 deltas: cpu, ratio'),
	streaming('chat', '10000-max', 'growth', 1.5, 'chat, 10,000 at once: heap growth, ratio'),
	streaming('chat', '10000-max', 'nodes', 1.4, 'chat, 10,000 at once: nodes, ratio'),
	{
		name: 'a key painted at 200 deltas a second, p95: later than bare, ms',
		part: 'typing',
		case: 'chat 2000-200',
		figure: 'keyP95',
		how: 'difference',
		most: 5
	},
	value(
		'first visit',
		'CPU 4 × slower',
		'needed',
		80,
		'first visit: JavaScript before it can be used, kB'
	),
	value('first visit', 'CPU 4 × slower', 'idle', 130, 'first visit: JavaScript until idle, kB'),
	value('first visit', 'CPU 4 × slower', 'ready', 900, 'first visit: ready, ms'),
	value('first visit', 'CPU 4 × slower', 'firstToken', 350, 'first visit: Send to first token, ms'),
	value('first visit', 'CPU 4 × slower', 'longest', 150, 'first visit: longest task, ms'),
	overEmpty('500 turns', 200),
	value('stored', '500 turns', 'heap', 30, '500 turns: heap, MB'),
	{
		name: '1000 turns: stored beside 500, ratio',
		part: 'stored',
		case: '1000 turns',
		figure: 'stored',
		how: 'ratio',
		than: '500 turns',
		most: 2.1
	},
	overEmpty('answer of 1 MB', 200),
	value('stored', 'answer of 1 MB', 'heap', 20, 'answer of 1 MB: heap, MB'),
	overEmpty('3000 runs', 50),
	{
		name: '3000 runs: ready later than with 30, beyond what Chromium takes to open the database, ms',
		part: 'stored',
		case: '3000 runs',
		figure: 'beyond',
		how: 'difference',
		than: '30 runs',
		most: 50
	},
	{
		name: 'a key under a prompt of 1 MB: script over bare, ms',
		part: 'prompt',
		case: '1 MB',
		figure: 'script',
		how: 'difference',
		most: 8
	},
	...long.flatMap((name) => [
		value('long', name, 'longest', 200, `${name}: longest task, ms`),
		value('long', name, 'keyP95', 100, `${name}: a key painted, p95, ms`),
		value('long stopped', name, 'stop', 100, `${name}: Esc to stopped, ms`)
	]),
	value('link', '4,000 messages', 'longest', 200, 'link with 4,000 messages: longest task, ms')
];
