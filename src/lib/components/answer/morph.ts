/**
 * Makes `old` look like `fresh`, by changing only what differs, so that selection, focus and layout of the rest stay.
 * Returns the node that stands there now: `old`, or `fresh` where they are of different kinds. Without `trim`, children
 * beyond those of `fresh` stay.
 */
export function morph(old: ChildNode, fresh: ChildNode, trim = true): ChildNode {
	if (old instanceof Text && fresh instanceof Text) {
		setText(old, fresh.data);
		return old;
	}
	if (!(old instanceof Element && fresh instanceof Element && haveSameTag(old, fresh))) {
		old.replaceWith(fresh);
		return fresh;
	}
	if (old.className !== fresh.className) {
		if (fresh.className === '') old.removeAttribute('class');
		else old.className = fresh.className;
	}
	morphChildren(old, 0, [...fresh.childNodes], trim);
	return old;
}

/** Makes the children of `parent` from index `from` on look like `fresh`; returns those that stand there now. */
export function morphChildren(
	parent: Element,
	from: number,
	fresh: readonly ChildNode[],
	trim = true
): ChildNode[] {
	let next: ChildNode | null | undefined =
		from === parent.childNodes.length ? null : parent.childNodes[from];
	const present = fresh.map((node) => {
		if (next) {
			const old = morph(next, node);
			next = old.nextSibling;
			return old;
		}
		return parent.appendChild(node);
	});
	while (next && trim) {
		const surplus: ChildNode = next;
		next = surplus.nextSibling;
		surplus.remove();
	}
	return present;
}

/** Changes a text that has usually become longer. */
export function setText(node: Text, text: string): void {
	if (text === node.data) return;
	if (text.startsWith(node.data)) node.appendData(text.slice(node.length));
	else node.data = text;
}

/** Whether two elements have one name and, beside their classes, the same attributes. */
function haveSameTag(a: Element, b: Element): boolean {
	if (a.localName !== b.localName) return false;
	const names = new Set([...a.getAttributeNames(), ...b.getAttributeNames()]);
	names.delete('class');
	for (const name of names) if (a.getAttribute(name) !== b.getAttribute(name)) return false;
	return true;
}
