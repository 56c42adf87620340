"""Every category the copywriter knows. Adding one is a `Product` in the file of its kind; these tuples list them."""

from pipelines.copywriter.product import Product
from pipelines.copywriter.products import beauty, devices, drinks, food, home, moving, reading, services, software, unlisted, worn

PRODUCTS: dict[str, Product] = {
    product.id: product
    for kind in (worn, beauty, drinks, food, devices, software, reading, home, moving, services, unlisted)
    for product in kind.PRODUCTS
}
