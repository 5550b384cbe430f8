import { afterEach, expect, it } from 'vitest';
import { leave, press, show, text, write } from '../testing.tsx';
import { Holidays } from './Holidays.tsx';
import { holidayDate, type Holiday } from './hours.ts';

const christmas: Holiday = { date: '2026-12-25', name: 'Christmas', yearly: true, times: [] };
const inventory: Holiday = { date: '2026-12-31', name: 'Inventory', yearly: false, times: [{ from: '09:00', to: '12:00' }] };

afterEach(leave);

it('writes a date with its year, unless it is every year', () => {
  expect(holidayDate(christmas, 'en-GB')).toBe('25 December');
  expect(holidayDate(inventory, 'en-GB')).toBe('31 December 2026');
});

it('adds a day, or puts it in the place of the same one, and removes the last', async () => {
  const saved: object[] = [];
  const onSave = async (part: object) => void saved.push(part);
  await show(<Holidays holidays={[inventory]} onSave={onSave} />, {});
  expect(text()).toContain('Inventory09:00–12:00');
  await press('Add a holiday');
  await write('date', '2026-12-31');
  await write('name', 'Early closing');
  await write('times', '9-14');
  await press('Add');
  expect(saved.pop()).toEqual({ holidays: [{ date: '2026-12-31', name: 'Early closing', yearly: false, times: [{ from: '09:00', to: '14:00' }] }] });

  await press('Remove Inventory');
  expect(saved.pop()).toEqual({ holidays: null });
});

it('says what is wrong with hours', async () => {
  await show(<Holidays holidays={[]} onSave={() => Promise.reject(new Error('not asked'))} />, {});
  expect(text()).toContain('There is none.');
  await press('Add a holiday');
  await write('date', '2026-12-31');
  await write('name', 'x');
  await write('times', 'in the morning');
  await press('Add');
  expect(text()).toContain('Hours: write times such as');
});
