import type { RequestApi } from '../apis/api.ts';
import type { Circumstances } from '../model/chain.ts';
import type { DraftChange } from '../model/draft-change.ts';
import type { ApiId, Draft, Message, ParamName } from '../model/draft.ts';
import type { JsonPath } from '../model/json-path.ts';
import type { Repair } from '../model/repair.ts';
import type { Target } from '../model/request.ts';
import type { Run } from '../model/run.ts';
import type { Turn } from '../model/turn.ts';

/**
 * A request before it is sent; the bytes of attachments stand in `draft`. A message that is still being written has the
 * id `next`.
 */
export interface Checked {
	draft: Draft;
	api: RequestApi;
	target: Target;
	/** What was said before, on an API whose responses can be continued. */
	history?: History;
}

/** What this browser knows of the responses that a request could continue. */
export interface History extends Circumstances {
	/** The messages before the one that is being written, of the branch that is shown. */
	path: readonly Message[];
	/** Every turn of every branch, by id. */
	turns: ReadonlyMap<string, Turn>;
	/** Facts of runs by id. */
	runs: ReadonlyMap<string, Run>;
}

/**
 * Something a service is known to refuse, or a person hardly means. It is said before Send and blocks nothing: a service
 * may know better. The sentence for `code` is in `text.checks.sentences`.
 */
export interface Warning {
	code: string;
	/** What the sentence and the button's words quote. */
	values?: WarningValues;
	/**
	 * Where it is shown too: at a parameter, another setting, a field that a draft has no word for (by its path in the
	 * body), or a message (by its id).
	 */
	at?:
		| { param: ParamName }
		| { setting: 'output' | 'tools' }
		| { field: JsonPath }
		| { message: string };
	/**
	 * What mends it with one click; the button's words are in `text.checks.fixes` by `label`. A change of `messages` stands
	 * for the whole list: what is not in it is left out, what has other parts is edited. A repair is one of one message,
	 * for `repairMessage` of `state`.
	 */
	fix?: WarningFix;
	/** It is not sent: nothing but a refusal can come of it. */
	refuses?: true;
}

/** A warning that can be found again after the request was built anew, by its code and its place. */
export interface FoundWarning extends Warning {
	id: string;
}

/**
 * What the button of a warning does: changes the request, mends a message, sends the history in place of the id of a stored
 * response, throws a typed body away, asks for a key of a Region, or goes to the tab of another API with what is being
 * written.
 */
export type WarningFix = { label: string } & (
	| { change: DraftChange }
	| { repair: Repair }
	| { resend: true }
	| { reset: true }
	| { wanted: string }
	| { go: { api: ApiId; model: string } }
);

export type WarningValues = Readonly<Record<string, string | number>>;

/**
 * Everything that one rule finds in a request; none where it is right. It is asked at each pause in typing: what costs
 * by the size of a message has to be remembered by that message, which is never changed in place.
 */
export type Check = (checked: Checked) => Warning[];
