import type { Output } from '../model/draft.ts';
import { readDeepJson, stringifyJson } from '../model/json-text.ts';
import { getAt, setAt } from '../model/json-path.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json } from '../model/json.ts';
import { familyOfModel } from '../catalog/families.ts';
import type { Check, Checked, Warning } from './check.ts';
import { closeSchema } from './closed-schema.ts';

const at = { setting: 'output' } as const;

/** The field of GPT's own without which it takes no schema on Converse. */
const strictField = ['text', 'format', 'strict'] as const;

/**
 * The schema of the answer is one that the service is known to refuse: strict services want every object closed, and
 * OpenAI's every property required.
 */
export const outputSchema: Check = (checked) => {
	const { output } = checked.draft;
	if (output?.type !== 'schema') return [];
	const schema = parseSchema(output.schema);
	if (schema === undefined) return [{ code: 'schema-no-json', at }];
	return [
		...findOpen(checked, output, schema),
		...findNameless(checked, output),
		...findStrict(checked)
	];
};

function parseSchema(text: string): Json | undefined {
	try {
		const schema = readDeepJson(text);
		return isJsonObject(schema) ? schema : undefined;
	} catch {
		return undefined;
	}
}

function findOpen(
	{ api, draft: { model } }: Checked,
	output: Output & { type: 'schema' },
	schema: Json
): Warning[] {
	const isConverse = api.modelFields !== undefined;
	// Without `strict` an OpenAI API takes any schema; Converse is always strict.
	if (!isConverse && output.strict !== true) return [];
	const closed = closeSchema(schema);
	const isOpenAi = !isConverse || hasStrictField(model);
	const optional = isOpenAi ? closed.optional : [];
	const mended = isOpenAi ? closed.schema : withRequiredOf(schema, closed.schema);
	const change = { output: { ...output, schema: stringifyJson(mended, 2) } };
	const warn = (code: string, label: string, [place, ...others]: string[]): Warning[] =>
		place === undefined
			? []
			: [{ code, values: { place, more: others.length }, at, fix: { label, change } }];
	return [
		...warn('open-object', 'close', closed.open),
		// One click mends both.
		...(closed.open.length === 0 ? warn('optional-property', 'require', optional) : [])
	];
}

/** The closed schema with what the given one requires, for services that take properties that are not required. */
function withRequiredOf(given: Json, closed: Json): Json {
	if (Array.isArray(closed) && Array.isArray(given))
		return closed.map((one, i) => withRequiredOf(given[i] ?? null, one));
	if (!isJsonObject(closed) || !isJsonObject(given)) return closed;
	return Object.fromEntries(
		Object.entries(closed).flatMap(([key, value]): [string, Json][] => {
			if (key === 'required' && Array.isArray(value)) {
				const { required } = given;
				return required === undefined ? [] : [[key, required]];
			}
			return [[key, withRequiredOf(given[key] ?? null, value)]];
		})
	);
}

function findNameless({ api }: Checked, output: Output & { type: 'schema' }): Warning[] {
	if (api.modelFields !== undefined || output.name !== undefined) return [];
	const to = 'answer';
	const change = { output: { ...output, name: to } };
	return [{ code: 'schema-no-name', values: { to }, at, fix: { label: 'name', change } }];
}

function findStrict({ api, draft: { model, extra } }: Checked): Warning[] {
	const own = extra?.[api.id] ?? {};
	if (api.modelFields === undefined || !hasStrictField(model)) return [];
	const path = [api.modelFields, ...strictField] as const;
	if (getAt(own, path) === true) return [];
	const change = { extra: { ...extra, [api.id]: setAt(own, path, true) } };
	return [{ code: 'schema-strict', at, fix: { label: 'strict', change } }];
}

function hasStrictField(model: string): boolean {
	const fields = familyOfModel(model)?.fields ?? [];
	return fields.some(({ path }) => path.join('.') === strictField.join('.'));
}
