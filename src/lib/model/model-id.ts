const geographies = /^(us-gov|us|eu|apac|jp|au|in|global)\./;

/** A model id without the geography that a cross-Region profile puts before it: `us.anthropic.x` → `anthropic.x`. */
export function bareModelId(model: string): string {
	return model.replace(geographies, '');
}

/** Whether `model` names a cross-Region profile. */
export function isProfileId(model: string): boolean {
	return geographies.test(model);
}

/** Whose model it is: `us.anthropic.claude-…` → `anthropic`. What says nothing of its maker, as an ARN, is its own family. */
export function familyOf(model: string): string {
	const bare = bareModelId(model);
	return /^[a-z0-9]+(?=\.)/.exec(bare)?.[0] ?? model;
}

/** Whether no request can name `model`: in a path, `.` and `..` are steps, however they are encoded. */
export function isPathStep(model: string): boolean {
	return model === '.' || model === '..';
}
