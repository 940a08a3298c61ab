import { gzipSync } from 'node:zlib';
import { ConverseRequest$, ConverseStreamRequest$ } from '@aws-sdk/client-bedrock-runtime';
import { expect, it } from 'vitest';
import committed from './converse-shapes.json' with { type: 'json' };

/** `npx vitest run src/lib/snippets/converse-shapes -u` writes the file anew from the installed SDK. */
it('is what the AWS SDK says of Converse and ConverseStream', async () => {
	const shapes = new Map<string, string>();
	for (const root of [ConverseRequest$, ConverseStreamRequest$]) addShape(root, shapes);
	const text = `${JSON.stringify(Object.fromEntries(shapes), null, '\t')}\n`;
	await expect(text).toMatchFileSnapshot('./converse-shapes.json');
});

it('is small, as it is loaded with the snippets', () => {
	expect(gzipSync(JSON.stringify(committed)).length).toBeLessThan(4000);
});

/** The SDK's schemas are arrays: a kind, a namespace, a name, traits, and then what the kind needs. */
type Schema = readonly unknown[] | number | (() => Schema);

// What the SDK does not say of its numbers: which may have a fraction, and which starts at 1, not 0.
const numbers: Record<string, string | undefined> = {
	temperature: 'number',
	topP: 'number',
	maxTokens: 'positive'
};

function addShape(schema: readonly unknown[], shapes: Map<string, string>): string {
	const [kind, , name, , keys, members, required = 0] = schema as [
		...[number, string, string, unknown, string[]],
		...[Schema[], number | undefined]
	];
	if (shapes.has(name)) return name;
	// A place in the order of the first mention; shapes can hold themselves.
	shapes.set(name, '');
	const words = keys.flatMap((key, index) => {
		const member = members[index];
		if (member === undefined) throw new Error(`No schema of ${name}.${key}`);
		// The model goes into the address.
		if (key === 'modelId') return [];
		const type = numbers[key] ?? sayType(member, shapes);
		return [`${key}:${type}${index < required ? '!' : ''}`];
	});
	shapes.set(name, [...(kind === 4 ? ['|'] : []), ...words].join(' '));
	return name;
}

function sayType(schema: Schema, shapes: Map<string, string>): string {
	if (typeof schema === 'function') return sayType(schema(), shapes);
	if (typeof schema === 'number') {
		if (schema & 64) return `${sayType(schema - 64, shapes)}[]`;
		if (schema & 128) return `${sayType(schema - 128, shapes)}{}`;
		const simple: Record<number, string> = {
			...{ 0: 'string', 1: 'integer', 2: 'boolean', 15: 'json', 21: 'blob' }
		};
		const type = simple[schema];
		if (type === undefined) throw new Error(`An unknown type ${String(schema)}`);
		return type;
	}
	// Two items are a schema and its traits.
	if (schema.length === 2) return sayType(schema[0] as Schema, shapes);
	switch (schema[0]) {
		case 0:
			return sayType(schema[4] as Schema, shapes);
		case 1:
			return `${sayType(schema[4] as Schema, shapes)}[]`;
		case 2:
			return `${sayType(schema[5] as Schema, shapes)}{}`;
		case 3:
		case 4:
			return addShape(schema, shapes);
	}
	throw new Error(`An unknown kind of schema ${String(schema[0])}`);
}
