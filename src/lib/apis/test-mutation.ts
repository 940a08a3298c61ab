import type { Json, JsonObject } from '../model/json.ts';

const oddKeys = [
	'__proto__',
	'constructor',
	'toString',
	'hasOwnProperty',
	'',
	'x',
	'ключ',
	'type',
	'text',
	'role',
	'content',
	'id',
	'extra',
	'as'
];
const oddValues = [
	'null',
	'true',
	'false',
	'0',
	'-1',
	'1.5',
	'9007199254740991',
	'""',
	'"text"',
	'"\\ud800"',
	'"\\u202e𝕌 ñ"',
	'[]',
	'{}',
	'[[],[null,{}]]',
	'{"__proto__":{"a":1}}',
	'{"text":"t"}',
	'{"type":"text","text":"t"}',
	'{"role":"user","content":"c"}',
	'{"a":{"b":{"c":[1,"2",{"d":null}]}}}',
	'[{"text":"a"},{"text":5}]',
	'"data:image/png;base64,AA=="',
	'"data:;base64,AA=="',
	'"data:text/plain,AA"',
	'"s3://bucket/a.png"',
	'"none"',
	'{"type":"function","name":"n","function":{"name":"n"}}',
	'{"toolResult":{"toolUseId":"t","content":[{"text":" "}]}}',
	'{"type":"function_call_output","call_id":"c","output":[]}',
	'{"image":{"format":"png","source":{"bytes":"AA=="}},"document":{}}'
];

/** One of `list`; `random` gives numbers from 0 up to, but not including, 1. */
export function pick<T>(list: readonly T[], random: () => number): T {
	const one = list[Math.floor(random() * list.length)];
	if (one === undefined) throw new Error('nothing to pick from');
	return one;
}

/** Every object and list inside `value`, itself included. */
function holders(value: Json): (JsonObject | Json[])[] {
	if (typeof value !== 'object' || value === null) return [];
	return [value, ...Object.values(value).flatMap((item: Json) => holders(item))];
}

/** Changes one place of a body: replaces, adds, removes or doubles. */
export function mutate(body: JsonObject, random: () => number): void {
	const holder = pick(holders(body), random);
	const value = JSON.parse(pick(oddValues, random)) as Json;
	const keys = Object.keys(holder);
	const known = keys.length > 0 && random() < 0.6;
	if (Array.isArray(holder)) {
		const at = Math.floor(random() * (holder.length + 1));
		const doubled = holder[at] ?? value;
		holder.splice(at, random() < 0.6 ? 1 : 0, random() < 0.3 ? structuredClone(doubled) : value);
		return;
	}
	const key = known ? pick(keys, random) : pick(oddKeys, random);
	if (known && random() < 0.2) Reflect.deleteProperty(holder, key);
	// Assigning to `__proto__` would set the prototype.
	else
		Object.defineProperty(holder, key, {
			value,
			enumerable: true,
			writable: true,
			configurable: true
		});
}
