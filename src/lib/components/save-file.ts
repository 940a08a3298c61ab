/** Saves bytes or a text as a file: by a link of its own, because a page's policy has no say in what is saved. */
export function saveFile(content: BlobPart, type: string, name: string): void {
	const url = URL.createObjectURL(new Blob([content], { type }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	URL.revokeObjectURL(url);
}
