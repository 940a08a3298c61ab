import { toggleCitations } from '../../apis/marks.ts';
import type { FileType } from '../../model/draft.ts';
import type { Refusal } from '../../model/file.ts';
import { attachAddress, attachFiles } from '../../state/attach.ts';
import type { Conversation } from '../../state/conversation.svelte.ts';
import { text } from '../../text/index.ts';

/** Characters of a pasted text above which it is offered as a file. */
const longPaste = 4000;

/** What goes on around the attachments of a message being written. */
export class Attaching {
	readonly conversation: Conversation;
	/** Files that were not attached, said until the next ones are. */
	refused: readonly Refusal[] = $state.raw([]);
	/** A long text that was pasted and could be a file. */
	pasted = $state('');
	isAddressOpen = $state(false);
	isReading = $state(false);

	constructor(conversation: Conversation) {
		this.conversation = conversation;
	}

	async attach(files: Iterable<File>): Promise<void> {
		// A list of the document can be emptied while they are read.
		const all = [...files];
		this.isReading = true;
		this.refused = await attachFiles(this.conversation, all);
		this.isReading = false;
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
		const { pasted } = this;
		const { editor } = this.conversation;
		this.pasted = '';
		editor.composer = editor.composer.replace(pasted, () => '');
		await this.attach([new File([pasted], text.files.pastedName, { type: 'text/plain' })]);
	}

	addAddress(type: FileType, url: string): void {
		attachAddress(this.conversation, type, url);
		this.isAddressOpen = false;
	}

	/** Takes a part away from beside the text. */
	remove(index: number): void {
		const { editor } = this.conversation;
		editor.parts = editor.parts.toSpliced(index, 1);
	}

	/** Asks for citations of a document, or not. */
	toggleCitations(index: number): void {
		const { editor } = this.conversation;
		const part = editor.parts[index];
		if (part === undefined) return;
		editor.parts = editor.parts.with(index, toggleCitations(part));
	}
}
