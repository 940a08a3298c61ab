import { imageLimits } from '../../model/file-limits.ts';
import type { FileLimits } from '../file-limits.ts';
import { sayName } from './files.ts';

/** @see https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Message.html */
export const converseFileLimits: FileLimits = {
	images: 20,
	image: imageLimits,
	documents: 5,
	documentBytes: 4.5 * 1024 * 1024,
	documentNeedsText: true,
	userOnly: true,
	sayName
};
