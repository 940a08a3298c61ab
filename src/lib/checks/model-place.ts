import { requestApis } from '../apis/outgoing.ts';
import { endpointsOf, findModel, modelAt, profilesFor } from '../catalog/models.ts';
import { servingOf } from '../catalog/serving.ts';
import type { Unserved } from '../catalog/serving.ts';
import { isProfileId } from '../model/model-id.ts';
import type { Check, Checked, Warning, WarningFix } from './check.ts';

/** The API, the Region or the endpoint is known not to have the model, or has it only by another id. */
export const modelPlace: Check = (checked) => {
	const { draft, api, target } = checked;
	const region = regionOf(checked);
	if (region === undefined || target.endpoint === 'gateway') return [];
	const serving = servingOf(draft.model, api.id, region);
	if (serving === 'unknown') return [];
	if (serving === 'served') return atEndpoint(checked, region, target.endpoint);
	const { reason, elsewhere } = serving;
	const here = elsewhere.find((place) => place.api === api.id);
	const place = here ?? elsewhere[0];
	const values = { model: draft.model, api: api.label, region };
	const code = codes[reason];
	if (place === undefined) return [{ code, values }];
	const { label } = requestApis[place.api];
	const fix: WarningFix =
		here === undefined
			? { label: 'open-in', go: place }
			: { label: 'use', change: { model: here.model } };
	return [{ code, values: { ...values, other: label, to: place.model }, fix }];
};

const codes: Readonly<Record<Unserved, string>> = {
	'other-api': 'model-other-api',
	'no-api': 'model-no-api',
	region: 'model-region',
	geography: 'model-geography',
	'application-profile': 'model-application-profile'
};

function atEndpoint(
	{ draft, api }: Checked,
	region: string,
	endpoint: 'runtime' | 'mantle'
): Warning[] {
	const { model } = draft;
	const found = findModel(model);
	if (found === undefined || model.startsWith('arn:')) return [];
	const [first, ...others] = endpointsOf(model, api.id, region) ?? [];
	if (first !== undefined && first !== endpoint && !others.includes(endpoint)) {
		const to = modelAt(model, first, region);
		const values = { model, endpoint, other: first };
		const change = { endpoint: undefined, prefix: undefined, model: to };
		return [{ code: 'model-endpoint', values, fix: { label: 'go-endpoint', change } }];
	}
	const isBare = endpoint === 'runtime' && !isProfileId(model);
	if (isBare && found.runtime?.id === model && found.runtime.profileOnly === true) {
		const [to] = profilesFor(model, region);
		if (to === undefined) return [{ code: 'model-profile', values: { model } }];
		const fix = { label: 'use', change: { model: to } };
		return [{ code: 'model-profile', values: { model, to }, fix }];
	}
	const to = modelAt(model, endpoint, region);
	if (to === model) return [];
	const isOther =
		found.runtime?.id === model || found.mantle?.id === model || endpoint === 'mantle';
	if (!isOther || isProfileId(to)) return [];
	const values = { model, endpoint, to };
	return [{ code: 'model-id', values, fix: { label: 'use', change: { model: to } } }];
}

/** The Region that a request goes to; undefined for a host that says none. */
function regionOf({ target }: Checked): string | undefined {
	return new URL(target.base).hostname.split('.')[1];
}
