import type { Mismatch, Shape } from '../shape.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';
import { missParameter } from './request.ts';

const kinds: Readonly<Record<Shape['kind'], string>> = {
	any: 'a value',
	string: 'a string',
	bytes: 'a string',
	choice: 'a string',
	number: 'a decimal',
	integer: 'an integer',
	boolean: 'a boolean',
	object: 'an object',
	map: 'an object',
	structure: 'an object',
	union: 'an object',
	tagged: 'an object',
	list: 'an array',
	'text-or': 'a string'
};

/** What Responses says where a body is not of the shape that it knows; each names its parameter. */
export function wordParameter({ path, problem }: Mismatch): Problem {
	const at = placeOf(path);
	const inside = (field: string): string => (at === '' ? field : `${at}.${field}`);
	switch (problem.kind) {
		case 'unknown':
			return newInvalid(`Unknown parameter: '${inside(problem.field)}'.`, inside(problem.field));
		case 'missing':
			return missParameter(inside(problem.field));
		case 'choice':
			return refuseValue(at, problem.got, problem.choices);
		case 'type':
			return newInvalid(
				`Invalid type for '${at}': expected ${kinds[problem.expected]}, but got ${kindOf(problem.got)} instead.`,
				at
			);
		case 'none':
		case 'several':
			return newInvalid(`Invalid value for '${at}'.`, at);
	}
}

/** What Chat says where a body is not of the shape that it knows: the words of a reader of JSON. */
export function wordDeserialize({ path, problem }: Mismatch): Problem {
	const at = placeOf(path);
	const begin = 'Failed to deserialize the JSON body into the target type: ';
	const where = at === '' ? begin : `${begin}${at}: `;
	switch (problem.kind) {
		case 'choice': {
			const names = problem.choices.map((name) => `\`${name}\``).join(', ');
			return newInvalid(`${where}unknown variant \`${problem.got}\`, expected one of ${names}`);
		}
		case 'missing':
			return newInvalid(`${where}missing field \`${problem.field}\``);
		case 'type':
			return newInvalid(
				`${where}invalid type: ${kindOf(problem.got)}, expected ${kinds[problem.expected]}`
			);
		case 'unknown':
		case 'none':
		case 'several':
			return newInvalid(`${where}invalid value`);
	}
}

/** What the service says to a value that is not one of those it knows. */
export function refuseValue(at: string, got: string, choices: readonly string[]): Problem {
	const quoted = choices.map((name) => `'${name}'`);
	const names =
		quoted.length > 1
			? `${quoted.slice(0, -1).join(', ')}${quoted.length > 2 ? ',' : ''} and ${quoted.at(-1) ?? ''}`
			: quoted.join('');
	return newInvalid(`Invalid value: '${got}'. Supported values are: ${names}.`, at);
}

/** A path as the service writes it, such as `input[0].content`. */
function placeOf(path: Mismatch['path']): string {
	return path
		.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`))
		.join('');
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	if (Array.isArray(value)) return 'an array';
	if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
	return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
