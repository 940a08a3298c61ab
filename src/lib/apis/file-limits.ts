import type { ApiId } from '../model/draft.ts';
import { converseFileLimits } from './converse/file-limits.ts';

/** What an API refuses of attachments, counted over the whole request. */
export interface FileLimits {
	images: number;
	/** px a side, and characters of base64. */
	image: { side: number; base64: number };
	documents: number;
	/** Bytes of each. */
	documentBytes: number;
	/** Whether a message with a document must hold a text as well. */
	documentNeedsText: boolean;
	/** Whether only a user's message may hold some. */
	userOnly: boolean;
	/** What becomes of a document's name. */
	sayName: (name: string) => string;
}

/** The limits that are known, by API. */
export const fileLimits: Partial<Record<ApiId, FileLimits>> = { converse: converseFileLimits };
