import { section } from '../section.ts';

/** How an answer stands to the schema that it was asked to have. */
export const verdict = section('verdict', {
	is: {
		valid: () => 'The answer is as its schema says.',
		mismatch: (count: number) =>
			`The answer is not as its schema says, in ${count === 1 ? 'one place' : `${count} places`}:`,
		'no-json': () => 'The answer is not JSON.',
		trailing: (count: number) =>
			count === 0
				? 'The answer is as its schema says, but other text follows the JSON.'
				: 'Other text follows the JSON of the answer, which is not as its schema says:',
		incomplete: () => 'Incomplete: the answer was cut, so it is not held against its schema.',
		'no-schema': () => 'The schema itself cannot be used to check the answer.'
	},
	more: (count: number) => `and ${count} more`
});
