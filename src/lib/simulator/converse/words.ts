import type { Mismatch } from '../shape.ts';
import type { Problem } from '../wire/errors.ts';
import { newInvalid } from '../wire/errors.ts';

/** What the service says where a value breaks a rule of its model. */
export function breakConstraint(value: string, field: string, rule: string): Problem {
	return newInvalid(
		`1 validation error detected: Value ${value} at '${field}' failed to satisfy constraint: Member must ${rule}`
	);
}

/** What the service says where a model refuses: it passes on what the model said. */
export function quote(words: string): Problem {
	return newInvalid(`The model returned the following errors: ${words}`);
}

/** What the service says where a body is not of the shape that it knows. */
export function wordMismatch({ path, problem }: Mismatch): Problem {
	const at = path.join('.');
	switch (problem.kind) {
		case 'type':
			return refuseType(problem.got, problem.expected);
		case 'choice':
			return breakConstraint(
				`'${problem.got}'`,
				at,
				`satisfy enum value set: [${problem.choices.join(', ')}]`
			);
		case 'missing':
			return breakConstraint(
				'null',
				at === '' ? problem.field : `${at}.${problem.field}`,
				'not be null'
			);
		case 'unknown':
			return newInvalid(
				`Malformed input request: #${path.map((step) => `/${step}`).join('')}: extraneous key [${problem.field}] is not permitted, please reformat your input and try again.`
			);
		case 'none':
			return newInvalid(
				`${problem.union} object at ${at} must set one of the following keys: ${problem.members.join(', ')}.`
			);
		case 'several':
			return newInvalid(
				`${problem.union} object at ${at} must set only one of the following keys: ${problem.members.join(', ')}.`
			);
	}
}

const targets = {
	string: 'a String',
	bytes: 'a ByteBuffer',
	choice: 'a String',
	number: 'a Float',
	integer: 'an Integer',
	boolean: 'a Boolean'
} as const;

// The words of the services' common reader of JSON.
function refuseType(got: unknown, expected: string): Problem {
	const target = Object.entries(targets).find(([name]) => name === expected)?.[1];
	return { status: 400, exception: 'SerializationException', message: wordType(got, target) };
}

function wordType(got: unknown, target: string | undefined): string {
	if (Array.isArray(got)) return 'Start of list found where not expected';
	if (typeof got === 'object') return 'Start of structure or map found where not expected.';
	if (target === undefined) return 'Unexpected field type';
	const token = typeof got === 'boolean' ? String(got) : typeof got;
	return `${token.toUpperCase()}_VALUE can not be converted to ${target}`;
}
