import { toggleCitations } from '../../apis/marks.ts';
import { fileTypes } from '../../model/draft.ts';
import type { FileType } from '../../model/draft.ts';
import type { Refusal } from '../../model/file.ts';
import type { Holder } from '../../state/attach.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';
import { focusComposer } from '../focus.ts';

/** Characters of a pasted text above which it is offered as a file. */
const longPaste = 4000;

/** What is written, with files beside its text. */
export interface Writing extends Holder {
	text: string;
}

/** Where files are attached, where that is not the message being written. */
export interface AttachingTo {
	holder: Writing;
	/** The kinds of files that may stand there; absent: all that the API takes. */
	kinds?: readonly FileType[];
	/** Puts the focus back to where one writes. */
	focus: () => void;
}

/** What goes on around the attachments of something that is written. */
export class Attaching {
	readonly conversation: Conversation;
	readonly holder: Writing;
	readonly kinds: readonly FileType[];
	readonly focus: () => void;
	/** Whether it is the message that comes next: what is dropped anywhere on the page goes there. */
	readonly isNext: boolean;
	/** Files that were not attached, said until the next ones are read. */
	refused: readonly Refusal[] = $state.raw([]);
	/** A long text that was pasted and could be a file. */
	pasted = $state('');
	isAddressOpen = $state(false);
	/** How often `attach` goes on: more can be dropped while the files before are still read. */
	#readings = $state(0);

	constructor(conversation: Conversation, to?: AttachingTo) {
		this.conversation = conversation;
		this.holder = to?.holder ?? composerOf(conversation);
		this.kinds = to?.kinds ?? fileTypes;
		this.focus = to?.focus ?? (() => void focusComposer());
		this.isNext = to === undefined;
	}

	get isReading(): boolean {
		return this.#readings > 0;
	}

	async attach(files: Iterable<File>): Promise<void> {
		// A list of the document can be emptied while they are read.
		const all = [...files];
		if (!this.isReading) this.refused = [];
		this.#readings++;
		try {
			const refused = await import('../../state/attach.ts').then(
				({ attachFiles }) => attachFiles(this.conversation, all, this.holder, this.kinds),
				() => all.map(({ name }): Refusal => ({ name, mime: '', why: 'not-loaded' }))
			);
			this.refused = [...this.refused, ...refused];
		} finally {
			this.#readings--;
		}
	}

	/** Takes what is pasted into the text field: files are attached, a text stays one. */
	paste(event: ClipboardEvent): void {
		const { clipboardData } = event;
		if (clipboardData === null) return;
		const plain = clipboardData.getData('text/plain');
		// What is copied out of a table comes as text and as a picture of it: the text is meant.
		if (plain === '' && clipboardData.files.length > 0) {
			event.preventDefault();
			void this.attach(clipboardData.files);
		} else if (plain.length > longPaste) this.pasted = plain.replaceAll('\r\n', '\n');
	}

	/** Makes the long text that was pasted a file. */
	async takePasted(): Promise<void> {
		const { pasted, holder } = this;
		this.pasted = '';
		holder.text = holder.text.replace(pasted, () => '');
		await this.attach([new File([pasted], text.files.pastedName, { type: 'text/plain' })]);
	}

	/** Takes a part away from beside the text. */
	remove(index: number): void {
		const { holder } = this;
		holder.parts = holder.parts.toSpliced(index, 1);
	}

	/** Asks for citations of a document, or not. */
	toggleCitations(index: number): void {
		const { holder } = this;
		const part = holder.parts[index];
		if (part === undefined) return;
		holder.parts = holder.parts.with(index, toggleCitations(part));
	}
}

function composerOf({ editor }: Conversation): Writing {
	return {
		get text() {
			return editor.composer;
		},
		set text(text) {
			editor.composer = text;
		},
		get parts() {
			return editor.parts;
		},
		set parts(parts) {
			editor.parts = parts;
		}
	};
}
