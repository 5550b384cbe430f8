import { useCallback, useEffect, useState } from 'react';
import { formatMoney } from '../../../../shared/format.ts';
import { Dialog } from '../../Dialog.tsx';
import { sentence } from '../../service.ts';
import { formatWhen } from '../../time.ts';
import { useWorkplace } from '../../workplace.ts';
import '../knowledge/knowledge.css';
import type { Product } from '../Products.tsx';

interface Version {
  version: number;
  replacedAt?: string;
  product: Product;
}

interface ProductHistoryProps {
  product: Product;
  onChanged: () => Promise<void>;
  onClose: () => void;
}

/** What a product was, and can be again. */
export function ProductHistory({ product, onChanged, onClose }: ProductHistoryProps) {
  const { service } = useWorkplace();
  const [versions, setVersions] = useState<Version[]>();
  const [problem, setProblem] = useState<string>();
  const path = `/api/products/${product.id}`;

  const load = useCallback(async () => {
    try {
      setVersions((await service.get<{ items: Version[] }>(`${path}/history`)).items);
      setProblem(undefined);
    } catch (error) {
      setProblem(sentence(error));
    }
  }, [service, path]);

  useEffect(() => void load(), [load]);

  async function goBackTo(version: number) {
    try {
      await service.post(`${path}/roll_back`, { version });
      await Promise.all([load(), onChanged()]);
    } catch (error) {
      setProblem(sentence(error));
    }
  }

  return (
    <Dialog onClose={onClose} title={`History of “${product.title}”`}>
      {problem && (
        <p className="form-problem" role="alert">
          {problem}
        </p>
      )}
      <ul aria-label="Versions" className="entries">
        {versions?.map(({ version, replacedAt, product: then }) => (
          <li className="version" key={version}>
            <span className="version-words">
              <span dir="auto">{then.title}</span>, {formatMoney(then.price)}{' '}
              <span className="meta">
                Version {version} · {formatWhen(then.updatedAt)}
              </span>
            </span>
            {replacedAt ? (
              <button className="link-button" onClick={() => void goBackTo(version)} type="button">
                Go back to this<span className="hidden-text"> version, {version}</span>
              </button>
            ) : (
              <span className="success-text">in use</span>
            )}
          </li>
        ))}
      </ul>
      <p className="meta">How many are in stock stays as it is.</p>
    </Dialog>
  );
}
