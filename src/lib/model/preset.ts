import * as v from 'valibot';
import { draftSchema } from './draft-schema.ts';
import type { RecordKind } from './record.ts';
import type { RequestSettings } from './turn.ts';

/** What of a request's settings a preset holds: no model, no texts and no tools. */
export type PresetSettings = Pick<RequestSettings, 'params' | 'output' | 'guardrail' | 'extra'>;

/** Settings that are kept under a name. */
export interface PresetRecord {
	v: 1;
	id: string;
	name: string;
	/** Epoch ms. */
	savedAt: number;
	settings: PresetSettings;
}

/** Stored presets. */
export const presetKind: RecordKind<PresetRecord> = {
	name: 'preset',
	version: 1,
	schema: v.object({
		v: v.literal(1),
		id: v.string(),
		name: v.string(),
		savedAt: v.number(),
		settings: v.pick(draftSchema, ['params', 'output', 'guardrail', 'extra'])
	}),
	migrations: {}
};

/** The presets that are always there, by their ids: their names are in `text`. */
export const builtInPresets = {
	/** Every default is the service's. */
	nothing: { params: {} },
	/** As much the same answer for the same question as a service can give. */
	deterministic: { params: { temperature: 0, seed: 1 } }
} as const satisfies Record<string, PresetSettings>;

/** What a preset makes of the settings: all that it could hold is as it says, the rest stays. */
export function applyPreset(
	settings: RequestSettings,
	{ params, ...others }: PresetSettings,
	takes: (param: string) => boolean
): RequestSettings {
	const { output: _, guardrail: __, extra: ___, ...rest } = settings;
	const taken = Object.entries(params).filter(([name]) => takes(name));
	return { ...rest, ...others, params: Object.fromEntries(taken) };
}

/** What a preset would hold of the settings. */
export function presetOf({ params, output, guardrail, extra }: RequestSettings): PresetSettings {
	return {
		params,
		...(output !== undefined && { output }),
		...(guardrail !== undefined && { guardrail }),
		...(extra !== undefined && { extra })
	};
}
