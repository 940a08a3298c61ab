import { readFileSync, statSync } from 'node:fs';
import type { TestSequencer, TestSpecification } from 'vitest/node';

/**
 * Runs first the files that need a DOM, and of each kind the longest first. A thread has one environment: each change of it
 * between files would end a thread and start another, which loads all modules anew.
 */
export class FileOrder implements TestSequencer {
	sort(files: TestSpecification[]): TestSpecification[] {
		const ranks = new Map(files.map((file) => [file, rankOf(file.moduleId)]));
		return files.toSorted((one, other) => (ranks.get(other) ?? 0) - (ranks.get(one) ?? 0));
	}

	shard(files: TestSpecification[]): TestSpecification[] {
		return files;
	}
}

/** The size in bytes, and more than any file has where it states an environment. */
function rankOf(path: string): number {
	const hasEnvironment = readFileSync(path, 'utf8').startsWith('// @vitest-environment');
	return statSync(path).size + (hasEnvironment ? 1e9 : 0);
}
