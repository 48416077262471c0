// Errors, handles, creation of tensors, what a tensor is, and copies to and from plain memory.
#include "shim.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cstring>

namespace {

thread_local std::string last_error;

at::Tensor FromMemory(const void* data, const int64_t* shape, int32_t rank, int32_t dtype) {
    auto options = at::TensorOptions().dtype(static_cast<at::ScalarType>(dtype));
    auto tensor = at::empty(Ints(shape, rank), options);
    if (tensor.numel() > 0) {
        std::memcpy(tensor.data_ptr(), data, static_cast<size_t>(tensor.numel()) * tensor.element_size());
    }
    return tensor;
}

Optional<at::Generator> Source(void* generator) {
    return generator == nullptr ? Optional<at::Generator>() : Optional<at::Generator>(*static_cast<at::Generator*>(generator));
}

}  // namespace

void Remember(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
}

void RememberCurrentException() noexcept {
    try {
        throw;
    } catch (const c10::Error& error) {
        Remember(error.what_without_backtrace());
    } catch (const std::exception& error) {
        Remember(error.what());
    } catch (...) {
        Remember("libtorch threw an exception without a message");
    }
}

NAS_EXPORT const char* nas_last_error() { return last_error.c_str(); }
NAS_EXPORT const char* nas_torch_version() { return TORCH_VERSION; }

// Handles
NAS_EXPORT void nas_free(Handle self) {
    c10::raw::intrusive_ptr::decref(static_cast<c10::TensorImpl*>(self));
}
NAS_TENSOR(alias, (Handle self), T(self))

// What a tensor is
NAS_EXPORT int32_t nas_dim(Handle self) { return static_cast<int32_t>(T(self).dim()); }
NAS_EXPORT int64_t nas_numel(Handle self) { return T(self).numel(); }
NAS_EXPORT int32_t nas_scalar_type(Handle self) { return static_cast<int32_t>(T(self).scalar_type()); }
NAS_EXPORT int64_t nas_element_size(Handle self) { return static_cast<int64_t>(T(self).element_size()); }
NAS_EXPORT int32_t nas_device_type(Handle self) { return static_cast<int32_t>(T(self).device().type()); }
NAS_EXPORT int32_t nas_device_index(Handle self) { return T(self).device().index(); }
NAS_EXPORT int64_t nas_storage_offset(Handle self) { return T(self).storage_offset(); }
NAS_EXPORT bool nas_requires_grad(Handle self) { return T(self).requires_grad(); }
NAS_EXPORT bool nas_is_leaf(Handle self) { return T(self).is_leaf(); }
NAS_EXPORT bool nas_is_contiguous(Handle self, int32_t format) {
    return T(self).is_contiguous(static_cast<at::MemoryFormat>(format));
}
NAS_EXPORT bool nas_is_same(Handle self, Handle other) { return self == other; }
NAS_EXPORT void nas_sizes(Handle self, int64_t* sizes) {
    auto values = T(self).sizes();
    std::copy(values.begin(), values.end(), sizes);
}
NAS_ACTION(strides, (Handle self, int64_t* strides), {
    auto values = T(self).strides();
    std::copy(values.begin(), values.end(), strides);
})
NAS_ACTION(data_ptr, (Handle self, void** pointer), *pointer = T(self).data_ptr())
NAS_ACTION(storage_ptr, (Handle self, const void** pointer), *pointer = T(self).storage().data())
NAS_ACTION(item, (Handle self, double* number, int64_t* whole, int32_t* kind), {
    at::Scalar value = T(self).item();
    *kind = value.isFloatingPoint() ? 1 : value.isBoolean() ? 2 : 0;
    *number = value.isBoolean() ? static_cast<double>(value.toBool()) : value.toDouble();
    *whole = value.isFloatingPoint() ? 0 : value.isBoolean() ? static_cast<int64_t>(value.toBool()) : value.toLong();
})
NAS_TENSOR(set_requires_grad, (Handle self, bool required), T(self).set_requires_grad(required))

// Creation
NAS_TENSOR(empty, (const int64_t* size, int32_t rank, int32_t dtype, int32_t device, int32_t index),
    at::empty(Ints(size, rank), Options(dtype, device, index)))
NAS_TENSOR(zeros, (const int64_t* size, int32_t rank, int32_t dtype, int32_t device, int32_t index),
    at::zeros(Ints(size, rank), Options(dtype, device, index)))
NAS_TENSOR(ones, (const int64_t* size, int32_t rank, int32_t dtype, int32_t device, int32_t index),
    at::ones(Ints(size, rank), Options(dtype, device, index)))
NAS_TENSOR(full, (const int64_t* size, int32_t rank, NumberArgument value, int32_t dtype, int32_t device, int32_t index),
    at::full(Ints(size, rank), S(value), Options(dtype, device, index)))
NAS_TENSOR(arange, (NumberArgument start, NumberArgument stop, NumberArgument step, int32_t dtype, int32_t device, int32_t index),
    at::arange(S(start), S(stop), S(step), Options(dtype, device, index)))
NAS_TENSOR(linspace, (double start, double end, int64_t steps, int32_t dtype, int32_t device, int32_t index),
    at::linspace(start, end, steps, Options(dtype, device, index)))
NAS_TENSOR(eye, (int64_t rows, int64_t columns, int32_t dtype, int32_t device, int32_t index),
    at::eye(rows, columns, Options(dtype, device, index)))
NAS_TENSOR(rand, (const int64_t* size, int32_t rank, int32_t dtype, int32_t device, int32_t index, void* generator),
    at::rand(Ints(size, rank), Source(generator), Options(dtype, device, index)))
NAS_TENSOR(randn, (const int64_t* size, int32_t rank, int32_t dtype, int32_t device, int32_t index, void* generator),
    at::randn(Ints(size, rank), Source(generator), Options(dtype, device, index)))
NAS_TENSOR(randint, (int64_t low, int64_t high, const int64_t* size, int32_t rank, int32_t dtype, int32_t device, int32_t index, void* generator),
    at::randint(low, high, Ints(size, rank), Source(generator), Options(dtype, device, index)))
NAS_TENSOR(randperm, (int64_t n, int32_t dtype, int32_t device, int32_t index, void* generator),
    at::randperm(n, Source(generator), Options(dtype, device, index)))
NAS_TENSOR(empty_like, (Handle self), at::empty_like(T(self)))
NAS_TENSOR(zeros_like, (Handle self), at::zeros_like(T(self)))
NAS_TENSOR(ones_like, (Handle self), at::ones_like(T(self)))
NAS_TENSOR(rand_like, (Handle self), at::rand_like(T(self)))
NAS_TENSOR(randn_like, (Handle self), at::randn_like(T(self)))
NAS_TENSOR(full_like, (Handle self, NumberArgument value), at::full_like(T(self), S(value)))
NAS_TENSOR(from_memory, (const void* data, const int64_t* shape, int32_t rank, int32_t dtype), FromMemory(data, shape, rank, dtype))

// Copies
NAS_ACTION(copy_from_memory, (Handle self, const void* data), {
    const at::Tensor& tensor = T(self);
    auto source = at::from_blob(const_cast<void*>(data), tensor.sizes(), at::TensorOptions().dtype(tensor.scalar_type()));
    tensor.copy_(source);
})
NAS_ACTION(copy_to_memory, (Handle self, void* data), {
    const at::Tensor& tensor = T(self);
    auto target = at::from_blob(data, tensor.sizes(), at::TensorOptions().dtype(tensor.scalar_type()));
    target.copy_(tensor.detach());
})
NAS_TENSOR(to, (Handle self, int32_t dtype, int32_t device, int32_t index, bool non_blocking, bool copy), ([&] {
    const at::Tensor& tensor = T(self);
    auto type = dtype < 0 ? tensor.scalar_type() : static_cast<at::ScalarType>(dtype);
    auto place = device < 0 ? tensor.device() : Place(device, index);
    return tensor.to(place, type, non_blocking, copy);
}()))
NAS_TENSOR(contiguous, (Handle self, int32_t format), T(self).contiguous(static_cast<at::MemoryFormat>(format)))

// Several tensors
NAS_TENSOR(cat, (Handle* tensors, int32_t count, int64_t dim), at::cat(List(tensors, count), dim))
NAS_TENSOR(stack, (Handle* tensors, int32_t count, int64_t dim), at::stack(List(tensors, count), dim))
NAS_TENSOR(where, (Handle condition, Handle self, Handle other), at::where(T(condition), T(self), T(other)))
NAS_TENSOR(index, (Handle self, Handle index), ([&] {
    c10::List<Optional<at::Tensor>> indices;
    indices.push_back(T(index));
    return at::index(T(self), indices);
}()))
NAS_EXPORT Handle nas_topk(Handle self, int64_t k, int64_t dim, bool largest, bool sorted, Handle* indices) {
    return Give([&] {
        auto found = at::topk(T(self), k, dim, largest, sorted);
        *indices = Release(std::move(std::get<1>(found)));
        return std::get<0>(found);
    });
}
NAS_EXPORT Handle nas_sort(Handle self, int64_t dim, bool descending, Handle* indices) {
    return Give([&] {
        auto found = at::sort(T(self), dim, descending);
        *indices = Release(std::move(std::get<1>(found)));
        return std::get<0>(found);
    });
}
NAS_EXPORT Handle nas_max_dim(Handle self, int64_t dim, bool keepdim, Handle* indices) {
    return Give([&] {
        auto found = at::max(T(self), dim, keepdim);
        *indices = Release(std::move(std::get<1>(found)));
        return std::get<0>(found);
    });
}
NAS_EXPORT Handle nas_min_dim(Handle self, int64_t dim, bool keepdim, Handle* indices) {
    return Give([&] {
        auto found = at::min(T(self), dim, keepdim);
        *indices = Release(std::move(std::get<1>(found)));
        return std::get<0>(found);
    });
}

// Random numbers
NAS_ACTION(manual_seed, (uint64_t seed), at::manual_seed(seed))
NAS_EXPORT void* nas_generator_new(uint64_t seed, int32_t device, int32_t index) {
    void* made = nullptr;
    Do([&] {
        auto place = Place(device, index);
        at::Generator generator = place.is_cpu()
            ? at::detail::createCPUGenerator(seed)
            : at::globalContext().defaultGenerator(place).clone();
        generator.set_current_seed(seed);
        made = new at::Generator(std::move(generator));
    });
    return made;
}
NAS_EXPORT void* nas_generator_default(int32_t device, int32_t index) {
    void* made = nullptr;
    Do([&] { made = new at::Generator(at::globalContext().defaultGenerator(Place(device, index))); });
    return made;
}
NAS_EXPORT void nas_generator_free(void* generator) { delete static_cast<at::Generator*>(generator); }
NAS_TENSOR(generator_state, (void* generator), static_cast<at::Generator*>(generator)->get_state())
NAS_ACTION(generator_set_state, (void* generator, Handle state), static_cast<at::Generator*>(generator)->set_state(T(state)))
NAS_ACTION(generator_seed, (void* generator, uint64_t seed), static_cast<at::Generator*>(generator)->set_current_seed(seed))
