"""What a row's texts state besides brand and model (contract section 4, identity attributes), and the basis `title`.

Written for the texts of the random months, with regular expressions; the engine's reader knows many more ways of writing."""
import re
from collections import defaultdict

from values import canonical

FLASH = {128, 256, 512}
USED = re.compile('(?<!非)(?<!不是)(?<!无)(?<!拒绝)二手(?!烟|勿|回收)|翻新|官翻|成新|REFURB|RENEWED|RECERTIFIED|'
                  '(?<![0-9A-Z.])[89][0-9] ?新(?!款|品|年|店)|9[.][59] ?新(?!款|品|年|店)|9[95]%新|九[九五]新|准新机|充新|官换机|靓机|拆机|再制造|'
                  '展示机|旧机|(?<![打取采制])样机')
DOUBTFUL = re.compile('套装|适用|[+]鼠标')
CAPACITY = re.compile('(?<![A-Z0-9*-])([0-9]{1,4})(GB|G|TB|T)(?![A-Z0-9]) ?(SSD|HDD|固态|机械|内存)?')
CPU = re.compile('(?<![A-Z0-9])([IR][3579])(?:[- ]?([0-9]{4,5}(?:G[0-9]|[A-Z]{0,2})))?(?![A-Z0-9])')
GPU = re.compile('(?<![A-Z0-9])(MX[0-9]{3}|RTX[0-9]{4})(?![A-Z0-9])')


def one_of(values):
    values = sorted(set(values))
    return values[0] if len(values) == 1 else ''


def stated(text):
    """{attribute: value as it stands in a product's name}; what is not stated, or offered as a choice, is ''."""
    text = canonical(text)
    full = [f'{family}-{number}' for family, number in CPU.findall(text) if number]
    memory, disks, last = [], [], None
    for found in CAPACITY.finditer(text):
        size = int(found[1]) * (1024 if found[2][0] == 'T' else 1)
        word = found[3]
        if word == '内存' or (not word and size <= 64 and not memory):
            memory.append(f'{size}G')
            continue
        kind = {'SSD': 'SSD', '固态': 'SSD', 'HDD': 'HDD', '机械': 'HDD'}.get(word, 'SSD' if size in FLASH else '')
        if last is not None and text[last:found.start()].strip() == '+':
            disks[-1].append((size, kind))
        else:
            disks.append([(size, kind)])
        last = found.end()
    names = []
    for drive in disks:
        if len(drive) > 1 and any(kind == 'SSD' for _, kind in drive):
            drive = [(size, kind or 'HDD') for size, kind in drive]
        parts = sorted(drive, key=lambda disk: (['SSD', 'HDD', ''].index(disk[1]), disk[0]))
        names.append('+'.join((f'{size // 1024}T' if size % 1024 == 0 else f'{size}G') + (f'-{kind}' if kind else '')
                              for size, kind in parts))
    gpu = [name[3:] if name.startswith('RTX') else name for name in GPU.findall(text)]
    return {'cpu': one_of(full or [family for family, number in CPU.findall(text) if not number]),
            'memory': one_of(memory), 'storage': one_of(names), 'gpu': one_of(gpu)}


def fuller(attribute, one, other):
    """The fuller of two statements; None when they contradict each other."""
    if not one or not other or one == other:
        return one or other
    for short, long in ((one, other), (other, one)):
        if attribute in ('cpu', 'storage') and long.startswith(short + '-') and '+' not in long:
            return long
    return None


def says_already(model, attribute, value):
    """Whether the model names the value itself, not as the end of a longer number."""
    text = re.sub('[-+]' if attribute != 'storage' else '-.*', '', value)
    at = model.find(text)
    while text and at >= 0:
        digits = len(re.match('[0-9]*', text)[0])
        if at == 0 or not model[at - 1].isdigit() or digits == 0 or digits >= 3:
            return True
        at = model.find(text, at + 1)
    return False


def is_used(*texts):
    return any(USED.search(canonical(text)) for text in texts if text)


class Attributes:
    """The table `attributes`: category -> [(attribute, optional)]."""

    def __init__(self, dictionaries):
        self.of = {}
        for entry in dictionaries.entries['attributes'].values():
            names = entry['attributes'].split()
            self.of[dictionaries.category(entry['category'])] = [(name.rstrip('?'), name.endswith('?')) for name in names]

    def configuration(self, category, model, title, spec):
        """(text behind '#', contradictory, complete)."""
        attributes = self.of.get(category, [])
        if not attributes or not re.search('[0-9]', canonical((title or '') + (spec or ''))):
            return '', False, False
        of_title, of_spec = stated(title or ''), stated(spec or '')
        parts, contradictory, complete = [], False, True
        for name, optional in attributes:
            value = fuller(name, of_title.get(name, ''), of_spec.get(name, ''))
            contradictory = contradictory or value is None
            value = value or ''
            complete = complete and (bool(value) or optional) and not (name == 'cpu' and len(value) == 2)
            parts.append('' if says_already(model, name, value) else value)
        return '/'.join(part or '?' for part in parts) if any(parts) else '', contradictory, complete


def positions(one, other):
    a, b = one.split('/') if one else [], other.split('/') if other else []
    length = max(len(a), len(b))
    return zip(a + ['?'] * (length - len(a)), b + ['?'] * (length - len(b)))


def split_name(product):
    base, _, configuration = product.partition('#')
    return base, configuration


def telling_configuration(product):
    """What is behind '#' when it states at least two attributes."""
    text = split_name(product)[1]
    return text if sum(part != '?' for part in text.split('/') if part) >= 2 else ''


def compatible(one, other):
    (a, x), (b, y) = split_name(one), split_name(other)
    return a == b and all(p == q or '?' in (p, q) for p, q in positions(x, y))


def states_all_of(one, other):
    (a, x), (b, y) = split_name(one), split_name(other)
    return a == b and all(p == q or q == '?' for p, q in positions(x, y))


class Titles:
    """Products of rows that only a title names. `models`: brand -> folded models that cells of the month state."""

    def __init__(self, models, categories, attributes, dictionaries):
        self.models, self.categories, self.attributes, self.dictionaries = models, categories, attributes, dictionaries
        self.own = defaultdict(list)

    def read(self, row):
        """Sets row.product, or files the row under the product that its title alone names."""
        title, spec = row['title'] or '', row['spec'] or ''
        words = canonical(title).split()
        aliases = self.dictionaries.entries['brands']
        brands = [self.dictionaries.brand(word) for word in words if word in aliases]
        if row.brand:
            brands = [row.brand] + brands
        if len(set(brands)) != 1 or is_used(title, spec) or DOUBTFUL.search(canonical(title)):
            return
        brand, known = brands[0], self.models.get(brands[0], set())
        shapes = [word for word in words if re.fullmatch('[A-Z]+[0-9]+T[0-9]+', word)]
        found = [word for word in shapes if word in known]
        if len(set(found)) > 1:
            return
        if found:
            base = f'{brand} {found[0]}'
            category = self.categories.get(base, '')
            text, contradictory, complete = self.attributes.configuration(category, found[0], title, spec)
            if category in self.attributes.of:
                if not complete or contradictory:
                    return
            elif any(other != found[0] and other.startswith(found[0]) for other in known):
                return
            elif any(other != found[0] and len(other) >= 6 and sum(map(str.isdigit, other)) >= 2 for other in shapes):
                return  # another full number stands beside it
            row.product = f'{base}#{text}' if text else base
            return
        category = row.category or next((self.dictionaries.category(word) for word in words
                                         if word in self.dictionaries.entries['categories']), '')
        model = ''.join(dict.fromkeys(shapes))
        text, contradictory, complete = self.attributes.configuration(category, model, title, spec)
        if not shapes or (category in self.attributes.of and (not complete or contradictory)):
            return
        if category not in self.attributes.of and len(set(shapes)) != 1:
            return
        self.own[f'{brand} {model}#{text}' if text else f'{brand} {model}'].append(row)

    def agree(self):
        """Two rows that read the same product from their titles."""
        for product, rows in self.own.items():
            if len(rows) > 1:
                for row in rows:
                    row.product = product
