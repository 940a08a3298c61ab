import { beforeAll, describe, expect, it } from 'vitest';
import { paramsOf } from '../../apis/forms.ts';
import type { Param } from '../../apis/forms.ts';
import { requestApis } from '../../apis/outgoing.ts';
import type { Json } from '../../model/json.ts';
import { loadWarningList, partOf } from '../later.ts';
import { draw, sayOf } from '../workspace/test-render.ts';
import ParamRow from './ParamRow.svelte';

const all = Object.values(requestApis).flatMap((api) =>
	paramsOf(api).map((param) => [api.id, param.label, param] as const)
);

// What is loaded is drawn at once.
beforeAll(async () => void (await partOf(loadWarningList)));

/** A value of the parameter's kind. */
function valueOf(param: Param): Json {
	switch (param.kind) {
		case 'strings':
			return ['one'];
		case 'flag':
			return true;
		case 'text':
			return 'words';
		case 'pairs':
			return { team: 'a' };
		case 'object':
			return { a: 1 };
		case 'number':
		case 'integer':
		case 'choice':
			return param.initial;
	}
}

const rest = { changed: false, warnings: [], onvalue: () => undefined, onfix: () => undefined };

describe('every parameter of every API', () => {
	it.each(all)('%s: %s has a switch, and says where it is not sent', (_, label, param) => {
		const html = draw(ParamRow, { param, value: undefined, ...rest });
		expect(html).toContain(`aria-label="Send ${label}"`);
		expect(html).toContain('aria-checked="false"');
		expect(html).not.toMatch(/<(input|select|textarea)/);
		expect(sayOf(ParamRow, { param, value: undefined, ...rest })).toContain('not sent');
	});

	it.each(all)('%s: %s has a control with its name while it is sent', (_, label, param) => {
		const html = draw(ParamRow, { param, value: valueOf(param), ...rest });
		expect(html).toContain('aria-checked="true"');
		const names = [...html.matchAll(/<(?:input|select|textarea|div role="radiogroup")[^>]*>/g)];
		expect(names.length).toBeGreaterThan(0);
		for (const [control] of names) expect(control).toContain(`aria-label="${label}`);
	});

	it('shows what is wrong with it under its row, with the button that mends it', () => {
		const [, , param] = all[0] ?? [];
		if (param === undefined) throw new Error('none');
		const warnings = [
			{
				id: '1',
				code: 'conflict',
				values: { name: 'topP', other: 'temperature' },
				fix: { label: 'turn-off', change: {} }
			}
		];
		expect(sayOf(ParamRow, { param, value: 1, ...rest, warnings })).toMatch(
			/Some models refuse topP together with temperature ?\. Turn off topP$/
		);
	});
});
