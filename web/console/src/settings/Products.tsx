import { useCallback, useEffect, useRef, useState } from 'react';
import type { Money } from '../../../shared/contract.ts';
import { formatMoney } from '../../../shared/format.ts';
import { sentence } from '../service.ts';
import { formatAgo } from '../time.ts';
import { useWorkplace } from '../workplace.ts';
import { usePublishing } from './assistant/usePublishing.tsx';
import { ItemAction, ListItem } from './ListItem.tsx';
import { ProductDialog } from './products/ProductDialog.tsx';
import { ProductHistory } from './products/ProductHistory.tsx';
import { SearchField } from './SearchField.tsx';
import { Section } from './Section.tsx';

export interface Product {
  id: string;
  slug: string;
  title: string;
  description: string;
  price: Money;
  stock: number;
  category: string;
  tags: string[];
  colours: string[];
  url?: string;
  imageUrl?: string;
  supplierId?: string;
  updatedAt: string;
}

/** What the assistant may recommend, with its price. */
export function Products() {
  const { service } = useWorkplace();
  const { publish, refusal } = usePublishing();
  const [items, setItems] = useState<Product[]>();
  const [next, setNext] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [search, setSearch] = useState('');
  const [edited, setEdited] = useState<'new' | Product>();
  const [past, setPast] = useState<Product>();
  const asked = useRef(0);
  const words = search.trim();

  const load = useCallback(
    async (cursor?: string) => {
      // What was asked for before may come later.
      const mine = ++asked.current;
      try {
        const page = await service.get<{ items: Product[]; next?: string }>('/api/products', { q: words || undefined, cursor, limit: 50 });
        if (mine !== asked.current) return;
        setItems((known) => [...(cursor ? (known ?? []) : []), ...page.items]);
        setNext(page.next);
        setProblem(undefined);
      } catch (error) {
        if (mine === asked.current) setProblem(sentence(error));
      }
    },
    [service, words],
  );

  useEffect(() => void load(), [load]);

  async function remove(product: Product) {
    if (!confirm(`Delete “${product.title}”? The assistant stops recommending it at once.`)) return;
    try {
      await publish((query) => service.remove(`/api/products/${product.id}${query}`));
      await load();
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <Section
      about="What you sell. The assistant recommends it and quotes its price, and nothing else."
      action={
        <button className="button primary" onClick={() => setEdited('new')} type="button">
          Add a product
        </button>
      }
      loading={!items}
      problem={problem}
      title="Products"
    >
      {items?.length === 0 && !words ? (
        <p className="notice">There are no products yet. Until there are, the assistant recommends none.</p>
      ) : (
        <>
          <SearchField label="Search products" onChange={setSearch} value={search} />
          <ul aria-label="Products" className="entries">
            {items?.map((product) => (
              <ListItem
                actions={
                  <>
                    <ItemAction does="Edit" onDo={() => setEdited(product)} to={product.title} />
                    <ItemAction does="History" onDo={() => setPast(product)} to={`of ${product.title}`} />
                    <ItemAction does="Delete" onDo={() => void remove(product)} to={product.title} />
                  </>
                }
                key={product.id}
                name={product.title}
              >
                <p className="knowledge-body" dir="auto">
                  {product.description}
                </p>
                <p className="meta">
                  {formatMoney(product.price)} · {product.stock === 0 ? 'sold out' : `${product.stock.toLocaleString()} in stock`} · changed {formatAgo(product.updatedAt)}
                </p>
              </ListItem>
            ))}
          </ul>
          {items?.length === 0 && <p className="notice">No product has these words.</p>}
          {next && (
            <p className="more">
              <button className="button" onClick={() => void load(next)} type="button">
                Show more
              </button>
            </p>
          )}
        </>
      )}
      {edited && (
        <ProductDialog
          onClose={() => setEdited(undefined)}
          onSave={async (content) => {
            await publish((query) => (edited === 'new' ? service.post(`/api/products${query}`, content) : service.put(`/api/products/${edited.id}${query}`, content)));
            await load();
          }}
          product={edited === 'new' ? undefined : edited}
        />
      )}
      {past && <ProductHistory onChanged={() => load()} onClose={() => setPast(undefined)} product={past} />}
      {refusal}
    </Section>
  );
}
