/**
 * A new element. Of what a model wrote, only text and the address of a link are ever put into one: nothing here or in
 * its callers reads HTML.
 */
export function make<K extends keyof HTMLElementTagNameMap>(
	name: K,
	className = ''
): HTMLElementTagNameMap[K] {
	const element = document.createElement(name);
	if (className !== '') element.className = className;
	return element;
}
