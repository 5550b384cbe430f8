import { useState } from 'react';
import { saveFile } from '../save-file.ts';
import { Copy } from './Copy.tsx';

/** So many modules of white around it, else cameras miss it. */
const margin = 4;

/** Where customers write without the shop's site, as a link and as a picture for a door or a receipt. */
export function ChatAddress({ address }: { address: string }) {
  const [code, setCode] = useState<readonly (readonly boolean[])[]>();
  const [failed, setFailed] = useState(false);

  async function draw() {
    try {
      // Seldom wanted: it is no part of the page's first load.
      const { encode } = await import('uqr');
      setCode(encode(address, { ecc: 'M', border: 0 }).data);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }

  return (
    <>
      <header className="sub-head">
        <h2>The chat page</h2>
        {!code && (
          <button className="button" onClick={() => void draw()} type="button">
            Show the QR code
          </button>
        )}
      </header>
      <p className="about">The same chat as a page of its own, for whoever has no site or is in the shop.</p>
      <Copy label="address of the chat page" value={address} />
      {failed && (
        <p className="section-problem" role="alert">
          The QR code could not be drawn. Reload the page and try again.
        </p>
      )}
      {code && (
        <figure className="qr">
          <svg aria-label={`QR code of ${address}`} className="qr-code" role="img" shapeRendering="crispEdges" viewBox={`0 0 ${code.length + 2 * margin} ${code.length + 2 * margin}`}>
            <Modules code={code} />
          </svg>
          <figcaption>
            <button className="button" onClick={() => saveFile('chat-page.svg', new Blob([pictureOf(code)], { type: 'image/svg+xml' }))} type="button">
              Save the picture
            </button>
          </figcaption>
        </figure>
      )}
    </>
  );
}

function Modules({ code }: { code: readonly (readonly boolean[])[] }) {
  return (
    <>
      <rect fill="#fff" height="100%" width="100%" />
      <path d={pathOf(code)} fill="#000" />
    </>
  );
}

/** One square for each dark module. */
export function pathOf(code: readonly (readonly boolean[])[]): string {
  return code.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + margin} ${y + margin}h1v1h-1z` : ''))).join('');
}

function pictureOf(code: readonly (readonly boolean[])[]): string {
  const size = code.length + 2 * margin;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><rect fill="#fff" width="${size}" height="${size}"/><path d="${pathOf(code)}"/></svg>`;
}
