import { isJsonObject } from '../model/json.ts';
import type { Json, JsonObject } from '../model/json.ts';
import shapes from './converse-shapes.json' with { type: 'json' };

type ShapeName = keyof typeof shapes;

interface Member {
	name: string;
	/** A shape's name, or `string`, `positive`, `integer`, `number`, `boolean`, `blob`, `json`; with `[]` a list, with `{}` a map of it. */
	type: string;
	isRequired: boolean;
}

/**
 * Whether `body` has the shape of the operation at every depth, so that boto3, which checks what it is given, sends it
 * as it is. Where it has, the keys that lead to each blob, joined by `/`, without places in lists; else undefined.
 * Stricter than boto3 in one thing: `shapes` does not say what may be empty, so only the texts and lists of messages and of what tools gave may.
 */
export function fitConverse(
	body: JsonObject,
	operation: 'converse' | 'converse-stream'
): ReadonlySet<string> | undefined {
	const blobs = new Set<string>();
	const root = operation === 'converse' ? 'ConverseRequest' : 'ConverseStreamRequest';
	return fits(body, root, '', blobs) ? blobs : undefined;
}

// The texts of messages, of which boto3 knows that they may be.
const mayBeEmpty =
	/^messages\/content\/(toolResult\/content\/|reasoningContent\/reasoningText\/)?text$/;

// Lists of these, of which boto3 knows that they may be empty.
const mayBeNone = new Set(['Message', 'ContentBlock', 'ToolResultContentBlock']);

function fits(value: Json | undefined, type: string, path: string, blobs: Set<string>): boolean {
	const inner = type.slice(0, -2);
	if (type.endsWith('[]')) {
		if (!Array.isArray(value)) return false;
		if (value.length === 0 && !mayBeNone.has(inner)) return false;
		return value.every((item) => fits(item, inner, path, blobs));
	}
	if (type.endsWith('{}')) {
		if (!isJsonObject(value)) return false;
		const entries = Object.entries(value);
		return (
			entries.length > 0 &&
			entries.every(([key, item]) => key !== '' && fits(item, inner, `${path}/${key}`, blobs))
		);
	}
	switch (type) {
		case 'json':
			// The SDKs leave out a null that is the whole of it.
			return value !== undefined && value !== null;
		case 'boolean':
			return typeof value === 'boolean';
		case 'positive':
			return Number.isSafeInteger(value) && Number(value) >= 1;
		case 'integer':
			return Number.isSafeInteger(value) && Number(value) >= 0;
		case 'number':
			return typeof value === 'number' && value >= 0;
		case 'string':
			return typeof value === 'string' && (value !== '' || mayBeEmpty.test(path));
		case 'blob':
			blobs.add(path);
			return typeof value === 'string' && isBase64(value);
	}
	return isJsonObject(value) && fitsMembers(value, type as ShapeName, path, blobs);
}

function fitsMembers(
	value: JsonObject,
	shape: ShapeName,
	path: string,
	blobs: Set<string>
): boolean {
	const { isUnion, members } = readShape(shapes[shape]);
	const keys = Object.keys(value);
	if (isUnion && keys.length !== 1) return false;
	if (members.some(({ name, isRequired }) => isRequired && !keys.includes(name))) return false;
	return keys.every((key) => {
		const member = members.find(({ name }) => name === key);
		const place = path === '' ? key : `${path}/${key}`;
		return member !== undefined && fits(value[key], member.type, place, blobs);
	});
}

/** `| a:string b:Thing[]!`: a union by its bar, members by their names and types, a required one by `!`. */
function readShape(text: string): { isUnion: boolean; members: Member[] } {
	const members = Array.from(
		text.matchAll(/(\w+):([^ !]+)(!?)/g),
		([, name = '', type = '', mark]) => ({
			name,
			type,
			isRequired: mark === '!'
		})
	);
	return { isUnion: text.startsWith('|'), members };
}

/** Whether decoding and encoding give the same text again. */
function isBase64(text: string): boolean {
	try {
		return text !== '' && btoa(atob(text)) === text;
	} catch {
		// A character or a length that base64 has not.
		return false;
	}
}
