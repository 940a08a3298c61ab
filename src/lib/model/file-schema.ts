import * as v from 'valibot';
import type { FileSource } from './file.ts';

/** The shape of a {@link FileSource}: exactly one of the three. */
export const fileSourceSchema = v.union([
	v.strictObject({ base64: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]*={0,2}$/)) }),
	v.strictObject({ url: v.string() }),
	v.strictObject({ file: v.pipe(v.string(), v.regex(/^[0-9a-f]{16,64}$/)) })
]) satisfies v.GenericSchema<unknown, FileSource>;
