import type { RequestApi } from '../apis/api.ts';
import type { DraftChange } from '../model/draft-change.ts';
import type { Draft, ParamName } from '../model/draft.ts';
import type { JsonPath } from '../model/json-path.ts';
import type { Repair } from '../model/repair.ts';
import type { Target } from '../model/request.ts';

/**
 * A request before it is sent; the bytes of attachments stand in `draft`. A message that is still being written has the
 * id `next`.
 */
export interface Checked {
	draft: Draft;
	api: RequestApi;
	target: Target;
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
}

/** A warning that can be found again after the request was built anew, by its code and its place. */
export interface FoundWarning extends Warning {
	id: string;
}

/** What the button of a warning does. */
export type WarningFix = { label: string } & ({ change: DraftChange } | { repair: Repair });

export type WarningValues = Readonly<Record<string, string | number>>;

/**
 * Everything that one rule finds in a request; none where it is right. It is asked at each pause in typing: what costs
 * by the size of a message has to be remembered by that message, which is never changed in place.
 */
export type Check = (checked: Checked) => Warning[];
