import type { Call } from '../call.ts';
import { refuseAsOpenAi } from '../wire/errors.ts';
import { MANTLE_MODELS } from './families.ts';
import type { Reply } from '../wire/reply.ts';
import { newJsonReply } from '../wire/reply.ts';

const CREATED = 1_764_547_200;

/** Answers `GET /v1/models`. */
export function answerModels(): Reply {
	return newJsonReply(200, { object: 'list', data: MANTLE_MODELS.map(describeModel) });
}

/** Answers `GET /v1/models/{id}`. */
export function answerModel(call: Call, id: string): Reply {
	if (MANTLE_MODELS.includes(id)) return newJsonReply(200, describeModel(id));
	return refuseAsOpenAi({
		status: 404,
		exception: '',
		message: `The model '${id}' does not exist`
	});
}

function describeModel(id: string): object {
	return { id, created: CREATED, object: 'model', owned_by: 'system', status: 'available' };
}
