import { expect, it, vi } from 'vitest';
import { nextTask } from './next-task.ts';

it.each([
	['has a scheduler', globalThis.scheduler],
	['has none, as Safari', undefined]
])('resolves after the task that asks, where the browser %s', async (_, scheduler) => {
	vi.stubGlobal('scheduler', scheduler);
	const order: string[] = [];
	const next = nextTask().then(() => order.push('next task'));
	await Promise.resolve().then(() => order.push('microtask'));
	order.push('this task');
	await next;
	expect(order).toEqual(['microtask', 'this task', 'next task']);
	vi.unstubAllGlobals();
});
