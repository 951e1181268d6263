"""Brands, categories, units, shops, suppliers: the shipped entries, replaced alias by alias by the period's own."""
from collections import Counter
from pathlib import Path

from tables import read_plain
from values import Unreadable, canonical, decimal_number, nfkc

COLUMNS = {
    'brands': ['alias', 'brand'],
    'categories': ['alias', 'category', 'base_unit'],
    'units': ['alias', 'unit', 'factor'],
    'attributes': ['category', 'attributes'],
    'shops': ['alias', 'shop', 'operator', 'supplier_id'],
    'suppliers': ['supplier_id', 'group_id']}


def commonest(names):
    """The most frequent non-empty name; ties go to the smallest UTF-8 bytes; '' without any."""
    counts = Counter(name for name in names if name)
    return min(counts, key=lambda name: (-counts[name], name.encode()), default='')


class Dictionaries:
    def __init__(self, folder, shipped=None):
        self.entries = {table: {} for table in COLUMNS}
        for source in (shipped, folder):
            if source is not None and Path(source).is_dir():
                self.add(source)
        self.base_units = {}
        for alias, entry in sorted(self.entries['categories'].items(), key=lambda item: item[0].encode()):
            if entry['base_unit']:
                self.base_units.setdefault(entry['category'], entry['base_unit'])

    def add(self, folder):
        for table, columns in COLUMNS.items():
            for raw in read_plain(folder, table, columns):
                entry = {column: raw.get(column, '') for column in columns}
                key = entry[columns[0]] if table == 'suppliers' else canonical(entry[columns[0]])
                if key:
                    self.entries[table][key] = entry

    def brand(self, text):
        """Canonical text of the dictionary's brand, or of the cell."""
        entry = self.entries['brands'].get(canonical(text))
        return canonical(entry['brand'] if entry else text)

    def category(self, text):
        entry = self.entries['categories'].get(canonical(text))
        return entry['category'] if entry else nfkc(text).strip()

    def unit(self, text):
        """(unit, factor); an empty unit is ('', 1)."""
        entry = self.entries['units'].get(canonical(text))
        if not entry:
            return canonical(text), 1
        try:
            factor = decimal_number(entry['factor'], 'bad-factor') if entry['factor'] else 1
        except Unreadable as problem:
            raise SystemExit(f'units: factor {entry["factor"]!r}: {problem.code}') from None
        return canonical(entry['unit'] or text), factor

    def base_unit(self, category):
        return self.unit(self.base_units.get(category, ''))[0]

    def operator(self, shop):
        entry = self.entries['shops'].get(canonical(shop))
        if not entry:
            return canonical(shop)
        return canonical(entry['operator'] or entry['shop'] or shop)

    def group(self, supplier):
        entry = self.entries['suppliers'].get(supplier)
        return entry['group_id'] if entry and entry['group_id'] else supplier

    def own_operators(self, group):
        """Operators any of whose shops belongs to a supplier of the group."""
        return {self.operator(alias) for alias, entry in self.entries['shops'].items()
                if entry['supplier_id'] and self.group(entry['supplier_id']) == group}
