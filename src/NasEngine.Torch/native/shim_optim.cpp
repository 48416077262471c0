// One call is one optimiser step over every parameter of a group, with PyTorch's own order of operations.
#include "shim.h"

#include <cmath>

namespace {

// The parameters that have a gradient, with their gradients and states.
struct Step {
    std::vector<at::Tensor> parameters, gradients, first, second, third;
    std::vector<double> counts;
};

Step Gather(Handle* parameters, int32_t count, Handle* first, Handle* second, Handle* third, double* steps) {
    Step step;
    for (int32_t i = 0; i < count; i++) {
        const at::Tensor& parameter = T(parameters[i]);
        const at::Tensor& gradient = parameter.grad();
        if (!gradient.defined()) {
            continue;
        }
        step.parameters.push_back(parameter);
        step.gradients.push_back(gradient);
        if (first != nullptr) {
            step.first.push_back(T(first[i]));
        }
        if (second != nullptr) {
            step.second.push_back(T(second[i]));
        }
        if (third != nullptr) {
            step.third.push_back(T(third[i]));
        }
        if (steps != nullptr) {
            step.counts.push_back(steps[i] += 1);
        }
    }
    return step;
}

std::vector<at::Scalar> Scalars(const std::vector<double>& values) { return {values.begin(), values.end()}; }

}  // namespace

// Adam, or AdamW where decoupled is set. third (largest second moments) is null without amsgrad.
NAS_ACTION(adam_step, (Handle* parameters, int32_t count, Handle* first, Handle* second, Handle* third, double* steps,
    double learning_rate, double beta1, double beta2, double epsilon, double weight_decay, bool decoupled, bool maximize), {
    at::NoGradGuard no_grad;
    Step step = Gather(parameters, count, first, second, third, steps);
    if (step.parameters.empty()) {
        return;
    }
    if (maximize) {
        step.gradients = at::_foreach_neg(step.gradients);
    }
    if (weight_decay != 0) {
        if (decoupled) {
            at::_foreach_mul_(step.parameters, at::Scalar(1 - learning_rate * weight_decay));
        } else {
            step.gradients = at::_foreach_add(step.gradients, step.parameters, weight_decay);
        }
    }
    at::_foreach_mul_(step.first, at::Scalar(beta1));
    at::_foreach_add_(step.first, step.gradients, 1 - beta1);
    at::_foreach_mul_(step.second, at::Scalar(beta2));
    at::_foreach_addcmul_(step.second, step.gradients, step.gradients, at::Scalar(1 - beta2));

    std::vector<double> root_corrections;
    std::vector<double> sizes;
    for (double number : step.counts) {
        root_corrections.push_back(std::sqrt(1 - std::pow(beta2, number)));
        sizes.push_back(-(learning_rate / (1 - std::pow(beta1, number))));
    }
    std::vector<at::Tensor> denominators;
    if (third != nullptr) {
        for (size_t i = 0; i < step.third.size(); i++) {
            at::maximum_out(step.third[i], step.third[i], step.second[i]);
        }
        denominators = at::_foreach_sqrt(step.third);
    } else {
        denominators = at::_foreach_sqrt(step.second);
    }
    at::_foreach_div_(denominators, Scalars(root_corrections));
    at::_foreach_add_(denominators, at::Scalar(epsilon));
    at::_foreach_addcdiv_(step.parameters, step.first, denominators, Scalars(sizes));
})

// SGD. buffers is null without momentum; where started[i] is false, the buffer takes the gradient itself.
NAS_ACTION(sgd_step, (Handle* parameters, int32_t count, Handle* buffers, bool* started,
    double learning_rate, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize), {
    at::NoGradGuard no_grad;
    Step step = Gather(parameters, count, buffers, nullptr, nullptr, nullptr);
    if (step.parameters.empty()) {
        return;
    }
    if (maximize) {
        step.gradients = at::_foreach_neg(step.gradients);
    }
    if (weight_decay != 0) {
        step.gradients = at::_foreach_add(step.gradients, step.parameters, weight_decay);
    }
    if (momentum != 0) {
        std::vector<at::Tensor> old_buffers;
        std::vector<at::Tensor> old_gradients;
        for (int32_t i = 0, k = 0; i < count; i++) {
            if (!T(parameters[i]).grad().defined()) {
                continue;
            }
            if (started[i]) {
                old_buffers.push_back(step.first[k]);
                old_gradients.push_back(step.gradients[k]);
            } else {
                step.first[k].copy_(step.gradients[k]);
                started[i] = true;
            }
            k++;
        }
        if (!old_buffers.empty()) {
            at::_foreach_mul_(old_buffers, at::Scalar(momentum));
            at::_foreach_add_(old_buffers, old_gradients, 1 - dampening);
        }
        step.gradients = nesterov ? at::_foreach_add(step.gradients, step.first, momentum) : step.first;
    }
    at::_foreach_add_(step.parameters, step.gradients, -learning_rate);
})

// Scales all gradients so that their common norm is at most max_norm; gives the norm before.
NAS_ACTION(clip_grad_norm, (Handle* parameters, int32_t count, double max_norm, double norm_type, double* total), {
    at::NoGradGuard no_grad;
    Step step = Gather(parameters, count, nullptr, nullptr, nullptr, nullptr);
    *total = 0;
    if (step.parameters.empty()) {
        return;
    }
    auto device = step.gradients[0].device();
    std::vector<at::Tensor> norms;
    for (const at::Tensor& gradient : step.gradients) {
        norms.push_back(at::norm(gradient, at::Scalar(norm_type)).to(device));
    }
    auto norm = at::norm(at::stack(norms), at::Scalar(norm_type));
    auto factor = at::clamp_max(max_norm / (norm + 1e-6), 1.0);
    for (at::Tensor& gradient : step.gradients) {
        gradient.mul_(factor.to(gradient.device()));
    }
    *total = norm.item<double>();
})
NAS_ACTION(clip_grad_value, (Handle* parameters, int32_t count, double limit), {
    at::NoGradGuard no_grad;
    Step step = Gather(parameters, count, nullptr, nullptr, nullptr, nullptr);
    for (at::Tensor& gradient : step.gradients) {
        gradient.clamp_(-limit, limit);
    }
})
