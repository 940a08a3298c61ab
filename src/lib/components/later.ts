// What a first visit does not show is loaded when it is used.

/** What draws answers: loaded at the latest when the page is idle. */
export const loadAnswers = () => import('./workspace/answers.ts');

/** What shows a shared request before anything becomes of it. */
export const loadShared = () => import('./share/SharedRequest.svelte').then((part) => part.default);
