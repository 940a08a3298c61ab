import type { RequestApi } from '../apis/api.ts';
import type { DraftChange } from '../model/draft-change.ts';
import type { Draft, ParamName } from '../model/draft.ts';
import type { Repair } from '../model/repair.ts';
import type { Target } from '../model/request.ts';

/** A request before it is sent; the bytes of attachments stand in `draft`. */
export interface Checked {
	draft: Draft;
	api: RequestApi;
	target: Target;
}

/**
 * Something a service is known to refuse, or a person hardly means. It is said before Send and blocks nothing: a service
 * may know better. The sentence for `code` is in `text`.
 */
export interface Warning {
	code: string;
	/** What the sentence quotes. */
	values?: Readonly<Record<string, string | number>>;
	/** The parameter or the message (by id) at which it is shown too. */
	at?: { param: ParamName } | { message: string };
	/**
	 * What mends it with one click: a change of the draft, where `messages` stands for the whole list, or a repair of one
	 * message, for `repairMessage` of `state`.
	 */
	fix?: { label: string } & ({ change: DraftChange } | { repair: Repair });
}

/** Everything that one rule finds in a request; none where it is right. */
export type Check = (checked: Checked) => Warning[];
