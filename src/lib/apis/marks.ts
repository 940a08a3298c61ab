import type { ApiId, Part } from '../model/draft.ts';
import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import { isPlace } from '../model/written.ts';

/** What an API can be told about the text being written, beside what it says. */
export type MarkId = 'cache' | 'guard';

interface Mark {
	/** Field of the text itself, with the value that it gets. */
	field?: readonly [string, Json];
	/** A part that follows the text. */
	after?: Json;
}

/** Where each API has them. */
const marks: Record<ApiId, Partial<Record<MarkId, Mark>>> = {
	converse: {
		cache: { after: { cachePoint: { type: 'default' } } },
		guard: { field: ['guardContent', {}] }
	},
	'chat-completions': { cache: { field: ['prompt_cache_breakpoint', { mode: 'explicit' }] } },
	responses: { cache: { field: ['prompt_cache_breakpoint', { mode: 'explicit' }] } }
};

/** Whether a document is asked for citations; undefined where the API has none. */
export function citesOf(api: ApiId, { type, extra }: Part): boolean | undefined {
	if (api !== 'converse' || type !== 'document') return undefined;
	return extra?.converse?.document !== undefined;
}

/** A document that is asked for citations, or is not any more. */
export function toggleCitations(part: Part): Part {
	const { document, ...others } = part.extra?.converse ?? {};
	const cited = document === undefined && { document: { citations: { enabled: true } } };
	return { ...part, extra: { ...part.extra, converse: { ...others, ...cited } } };
}

/** The marks that an API has. */
export function marksOf(api: ApiId): MarkId[] {
	return Object.keys(marks[api]) as MarkId[];
}

/** Whether the text that these parts are written with has a mark. */
export function hasMark(api: ApiId, parts: readonly Part[], id: MarkId): boolean {
	const mark = marks[api][id];
	if (mark?.after !== undefined) return parts.some((part) => isAfter(part, mark));
	const place = parts.find(isPlace);
	return mark?.field !== undefined && place?.extra?.[api]?.[mark.field[0]] !== undefined;
}

/** Parts with a mark set on their text, or taken off. */
export function toggleMark(api: ApiId, parts: readonly Part[], id: MarkId): Part[] {
	const mark = marks[api][id];
	if (mark === undefined) return [...parts];
	const isOn = hasMark(api, parts, id);
	const others = parts.filter((part) => !isPlace(part) && !isAfter(part, mark));
	const place = parts.find(isPlace) ?? { type: 'text' as const, text: '' };
	const fields = toggleField(place.extra?.[api] ?? {}, mark.field, isOn);
	const after = mark.after === undefined || isOn ? [] : [newMark(api, mark.after)];
	return withPlace(others, newPlace(api, fields), after);
}

function toggleField(fields: JsonObject, field: Mark['field'], isOn: boolean): JsonObject {
	if (field === undefined) return fields;
	const [name, value] = field;
	const { [name]: _, ...others } = fields;
	return isOn ? others : { ...others, [name]: value };
}

/** The text comes after attachments and before marks that follow it; without need it has no place. */
function withPlace(others: readonly Part[], place: Part, after: readonly Part[]): Part[] {
	const before = others.filter((part) => part.type !== 'opaque' || !isMarkValue(part.value));
	const behind = [...others.filter((part) => !before.includes(part)), ...after];
	const isNeeded = place.extra !== undefined || behind.length > 0;
	return [...before, ...(isNeeded ? [place] : []), ...behind];
}

function newPlace(api: ApiId, fields: JsonObject): Part {
	const isPlain = Object.keys(fields).length === 0;
	return { type: 'text', text: '', ...(!isPlain && { extra: { [api]: fields } }) };
}

function newMark(api: ApiId, value: Json): Part {
	return { type: 'opaque', api, value };
}

function isAfter(part: Part, { after }: Mark): boolean {
	return after !== undefined && part.type === 'opaque' && isMarkValue(part.value);
}

function isMarkValue(value: Json): boolean {
	return isJsonObject(value) && 'cachePoint' in value;
}
