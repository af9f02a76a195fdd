// The data of the page, which stands in it deflated.

async function opened() {
  const letters = atob(document.getElementById('data').textContent.trim());
  const bytes = new Uint8Array(letters.length);
  for (let place = 0; place < letters.length; place += 1) bytes[place] = letters.charCodeAt(place);
  if (typeof DecompressionStream === 'undefined') return JSON.parse(new TextDecoder().decode(inflated(bytes)));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'))).json();
}
